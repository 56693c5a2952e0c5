package io.x402compute.local.inference;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.inference.media.Mp3;
import io.x402compute.local.inference.media.Voice;

/** {@code POST /audio/speech}, and Vultr's lists of what can speak. */
final class SpeechRoutes {
    private static final List<String> VOICES = List.of("alloy", "ash", "ballad", "coral", "echo", "fable", "nova",
            "onyx",
            "sage", "shimmer", "verse", "af_alloy", "af_bella", "af_heart", "af_nova", "af_sky", "am_adam",
            "am_michael",
            "bf_emma", "bm_george");
    private static final int LONGEST = 4096;

    private final Models models;

    SpeechRoutes(Models models) {
        this.models = models;
    }

    void addTo(Routes routes) {
        routes.shared("POST", "/audio/speech", this::speak);
        routes.keyed(Dialect.VULTR, "GET", "/audio/voices", _ -> voices());
    }

    private Reply speak(Call call) {
        Fields fields = Fields.ofJson(call, "model input voice instructions response_format speed stream_format");
        models.require(call.dialect(), fields.text("model"), "speech");
        String text = fields.text("input", LONGEST);
        String voice = fields.oneOf("voice", "", VOICES.toArray(String[]::new));
        double speed = fields.decimal("speed", 0.25, 4, 1);
        // The others need encoders that Java does not have.
        return switch (fields.oneOf("response_format", "mp3", "mp3", "wav", "pcm")) {
            case "wav" -> Reply.bytes("audio/wav", Voice.say(text, voice, speed).wav());
            case "pcm" -> Reply.bytes("audio/pcm", Voice.say(text, voice, speed).pcm());
            default -> Reply.bytes("audio/mpeg", Mp3.silence(Voice.duration(text, speed), text));
        };
    }

    private static Reply voices() {
        ObjectNode body = Json.object();
        ArrayNode voices = body.putArray("voices");
        VOICES.forEach(voices::add);
        return Reply.json(body);
    }
}
