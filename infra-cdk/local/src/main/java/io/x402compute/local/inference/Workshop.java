package io.x402compute.local.inference;

import java.net.URI;
import java.util.Arrays;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.x402compute.http.Json;
import io.x402compute.local.inference.media.Document;
import io.x402compute.local.inference.media.Film;
import io.x402compute.local.inference.media.Mp3;
import io.x402compute.local.inference.media.Picture;
import io.x402compute.local.inference.media.Tune;
import io.x402compute.local.inference.media.UnreadableException;
import io.x402compute.local.inference.media.Voice;

/** Does the work of each {@link Worker}. What comes of it is there at once; it is shown when the prediction is done. */
final class Workshop {
    private static final int LONGEST_TEXT = 5_000;
    private static final int LONGEST_TUNE = 60;
    private static final int SECONDS_OF_A_FILM = 2;
    private static final int SIDE = 512;
    private static final int SIDE_OF_A_FILM = 256;
    private static final int DIMENSIONS = 768;
    private static final String SEED = "seed";

    private final Inputs inputs;
    private final Files files;

    Workshop(Inputs inputs, Files files) {
        this.inputs = inputs;
        this.files = files;
    }

    /** @throws Refused for an input that it does not take */
    JsonNode make(Worker worker, Fields input, URI server) {
        return switch (worker) {
            case SDXL -> list(png(server, drawn(input, "image", "num_inference_steps")));
            case CANNY -> list(png(server, redrawn(input, "control_image", "num_inference_steps")));
            case FILL -> {
                picture(input, "mask");
                yield list(png(server, redrawn(input, "image", "num_inference_steps")));
            }
            case REDUX -> list(png(server, varied(input)));
            case STICKER -> list(png(server, drawn(input, "image", "steps").cutOut()));
            case AD -> list(input.text("image_path"), png(server, redrawn(input, "image_path", "steps")));
            case PHOTO -> list(png(server, redrawn(input, "input_image", "num_steps")));
            case SEGMENT -> masks(input, server);
            case BARK -> bark(input, server);
            case CLONE -> cloned(input, server);
            case MUSIC, SOUND -> tune(input, server);
            case CLIP -> direction(input);
            case ANIMATE -> film(input, server);
            case ENHANCE -> enhanced(input, server);
            case UPSCALE -> png(server, picture(input, "image").scaled(input.whole("scale", 1, 4, 4)));
            case FACE -> png(server, picture(input, "img").scaled(input.whole("scale", 1, 4, 2)));
            case CUT_OUT -> png(server, picture(input, "image").cutOut());
            case DOCUMENT -> document(input);
        };
    }

    /** After another, where there is one. */
    private Picture drawn(Fields input, String image, String steps) {
        if (input.has(image)) {
            return redrawn(input, image, steps);
        }
        input.whole(steps, 1, 100, 20);
        return Picture.painted(input.text("prompt", LONGEST_TEXT), seed(input, SEED), SIDE, SIDE);
    }

    private Picture redrawn(Fields input, String image, String steps) {
        String prompt = input.text("prompt", LONGEST_TEXT);
        input.whole(steps, 1, 100, 20);
        input.decimal("prompt_strength", 0, 1, 0.8);
        Picture given = picture(input, image);
        int seed = seed(input, SEED) + seed(input, "manual_seed");
        return given.blendedWith(Picture.painted(prompt, seed, given.width(), given.height()));
    }

    private Picture varied(Fields input) {
        input.whole("num_inference_steps", 1, 100, 20);
        Picture given = picture(input, "redux_image");
        return given.blendedWith(
                Picture.painted(given.description(), seed(input, SEED), given.width(), given.height()));
    }

    private JsonNode masks(Fields input, URI server) {
        JsonNode mask = png(server, picture(input, "image").mask());
        ObjectNode output = Json.object();
        output.set("combined_mask", mask);
        output.putArray("individual_masks").add(mask);
        return output;
    }

    private JsonNode bark(Fields input, URI server) {
        String voice = input.optionalText("history_prompt").orElse("announcer");
        byte[] sound = Voice.say(input.text("prompt", LONGEST_TEXT), voice, 1).wav();
        return Json.object().set("audio_out", kept(server, "audio/wav", sound));
    }

    private JsonNode cloned(Fields input, URI server) {
        byte[] speaker = inputs.fetch("speaker", input.text("speaker"));
        if (Transcript.of(speaker).duration().isZero()) {
            throw Inputs.unreadable("speaker", "has no sound in it");
        }
        input.optionalText("language");
        String voice = Integer.toString(Arrays.hashCode(speaker));
        return kept(server, "audio/wav", Voice.say(input.text("text", LONGEST_TEXT), voice, 1).wav());
    }

    private JsonNode tune(Fields input, URI server) {
        int seconds = input.whole("duration", 1, LONGEST_TUNE, 8);
        String prompt = input.text("prompt", LONGEST_TEXT);
        var tune = Tune.play(prompt, seed(input, SEED), seconds);
        return input.oneOf("output_format", "wav", "wav", "mp3").equals("wav")
                ? kept(server, "audio/wav", tune.wav())
                : kept(server, "audio/mpeg", Mp3.silence(tune.duration(), prompt));
    }

    private JsonNode direction(Fields input) {
        if (input.has("image") == input.has("text")) {
            throw Refused.missing("text");
        }
        String words = input.has("text") ? input.text("text", LONGEST_TEXT) : picture(input, "image").description();
        ArrayNode embedding = Json.object().putArray("embedding");
        for (double number : Meaning.of(words, DIMENSIONS)) {
            embedding.add((float) number);
        }
        return Json.object().set("embedding", embedding);
    }

    private JsonNode film(Fields input, URI server) {
        input.whole("steps", 1, 100, 25);
        input.optionalText("n_prompt");
        return kept(server, "video/mp4", Film.shot(input.text("prompt", LONGEST_TEXT), seed(input, SEED),
                SIDE_OF_A_FILM, SIDE_OF_A_FILM, SECONDS_OF_A_FILM));
    }

    /** As it came: what is looked at here is whether it arrives. */
    private JsonNode enhanced(Fields input, URI server) {
        input.oneOf("resolution", "FHD", "FHD", "2k", "4k");
        byte[] film = inputs.fetch("video_path", input.text("video_path"));
        if (!Film.is(film)) {
            throw Inputs.unreadable("video_path", "is no MP4 file");
        }
        return kept(server, "video/mp4", film);
    }

    private JsonNode document(Fields input) {
        int most = input.whole("max_pages", 1, 1_000, 1_000);
        try {
            Document document = Document.read(inputs.fetch("document", input.text("document")));
            ObjectNode output = Json.object().put("markdown", document.text());
            output.putObject("metadata").put("pages", Math.min(most, document.pages()));
            return output;
        } catch (UnreadableException e) {
            throw Inputs.unreadable("document", "is no document that can be read");
        }
    }

    private Picture picture(Fields input, String field) {
        return inputs.picture(field, input.text(field));
    }

    private JsonNode png(URI server, Picture picture) {
        return kept(server, "image/png", picture.png());
    }

    private JsonNode kept(URI server, String mediaType, byte[] bytes) {
        return TextNode.valueOf(files.keep(server, mediaType, bytes).toString());
    }

    private static JsonNode list(JsonNode one) {
        return Json.object().putArray("output").add(one);
    }

    private static JsonNode list(String first, JsonNode second) {
        return Json.object().putArray("output").add(first).add(second);
    }

    private static int seed(Fields input, String field) {
        return input.whole(field, Integer.MIN_VALUE, Integer.MAX_VALUE, 0);
    }
}
