package io.x402compute.local.inference;

import java.time.Clock;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.inference.media.Picture;

/** {@code POST /images/generations} and {@code POST /images/edits}. The steps and the seed are what servers of open models take as well. */
final class ImageRoutes {
    private static final String PUBLISHED = "prompt model n size quality response_format output_format output_compression "
            + "background moderation style stream partial_images user seed steps negative_prompt";
    private static final Pattern SIZE = Pattern.compile("([0-9]{2,4})x([0-9]{2,4})");
    private static final int LEAST_SIDE = 64;
    private static final int LARGEST_SIDE = 2048;
    private static final int LONGEST_PROMPT = 32_000;

    private final Models models;
    private final Files files;
    private final Clock clock;

    ImageRoutes(Models models, Files files, Clock clock) {
        this.models = models;
        this.files = files;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.shared("POST", "/images/generations", this::generate);
        routes.keyed(Dialect.OPENAI, "POST", "/images/edits", this::edit);
    }

    private Reply generate(Call call) {
        Fields fields = Fields.ofJson(call, PUBLISHED);
        String prompt = fields.text("prompt", LONGEST_PROMPT);
        int[] size = size(fields);
        int seed = seed(fields);
        return answer(call, fields, number -> Picture.painted(prompt, seed + number, size[0], size[1]));
    }

    private Reply edit(Call call) {
        Multipart form = Multipart.read(call);
        Fields fields = Fields.ofForm(form.texts(), PUBLISHED + " input_fidelity strength");
        String prompt = fields.text("prompt", LONGEST_PROMPT);
        String field = form.files().containsKey("image[]") ? "image[]" : "image";
        Picture given = Inputs.picture("image", form.file(field).bytes());
        if (form.files().containsKey("mask")) {
            Inputs.picture("mask", form.file("mask").bytes());
        }
        int seed = seed(fields);
        return answer(call, fields,
                number -> given.blendedWith(Picture.painted(prompt, seed + number, given.width(), given.height())));
    }

    private interface Painter {
        Picture paint(int number);
    }

    private Reply answer(Call call, Fields fields, Painter painter) {
        if (fields.has("model")) {
            models.require(call.dialect(), fields.text("model"), "image");
        }
        int count = fields.whole("n", 1, 10, 1);
        String quality = fields.oneOf("quality", "auto", "auto", "low", "medium", "high", "standard", "hd");
        // What Java can write.
        String format = fields.oneOf("output_format", "png", "png", "jpeg");
        boolean inline = fields.oneOf("response_format", "url", "url", "b64_json").equals("b64_json");
        fields.whole("steps", 1, 100, 4);
        ObjectNode body = Json.object().put("created", clock.instant().getEpochSecond());
        ArrayNode data = body.putArray("data");
        int tokens = 0;
        for (int number = 0; number < count; number++) {
            Picture picture = painter.paint(number);
            byte[] file = format.equals("png") ? picture.png() : picture.jpeg();
            ObjectNode entry = data.addObject();
            if (inline) {
                entry.put("b64_json", Base64.getEncoder().encodeToString(file));
            } else {
                entry.put("url", files.keep(call.server(), "image/" + format, file).toString());
            }
            tokens += picture.width() * picture.height() / 4096;
            body.put("size", picture.width() + "x" + picture.height());
        }
        body.put("output_format", format).put("quality", quality).put("background", "opaque");
        body.set("usage", usage(fields.text("prompt"), tokens));
        return Reply.json(body);
    }

    private static ObjectNode usage(String prompt, int produced) {
        int read = Tokens.count(prompt);
        ObjectNode usage = Json.object().put("input_tokens", read).put("output_tokens", produced)
                .put("total_tokens", read + produced);
        usage.putObject("input_tokens_details").put("text_tokens", read).put("image_tokens", 0);
        return usage;
    }

    private static int seed(Fields fields) {
        return fields.whole("seed", Integer.MIN_VALUE, Integer.MAX_VALUE, 0);
    }

    private static int[] size(Fields fields) {
        String size = fields.optionalText("size").orElse("auto");
        Matcher sides = SIZE.matcher(size.equals("auto") ? "1024x1024" : size);
        if (sides.matches()) {
            int width = Integer.parseInt(sides.group(1));
            int height = Integer.parseInt(sides.group(2));
            if (Math.min(width, height) >= LEAST_SIDE && Math.max(width, height) <= LARGEST_SIDE) {
                return new int[]{width, height};
            }
        }
        throw Refused.invalid("size",
                "Invalid value: '" + size + "'. Expected 'auto' or a size from 64x64 to 2048x2048.",
                "invalid_value");
    }
}
