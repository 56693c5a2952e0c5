package io.x402compute.local.inference;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.x402compute.local.inference.media.Document;
import io.x402compute.local.inference.media.Film;
import io.x402compute.local.inference.media.Mp3;
import io.x402compute.local.inference.media.Picture;
import io.x402compute.local.inference.media.Voice;

/** Inputs for whoever has none at hand; {@code ?text=} has them say, show or contain something else. */
final class Samples {
    static final String PATH = "/samples/";
    private static final String TEXT = "The quick brown fox jumps over the lazy dog. A second sentence answers the first.";
    private static final int LONGEST = 4096;
    private static final int SIDE = 256;

    Optional<Reply> find(String name, Map<String, String> query) {
        String asked = query.getOrDefault("text", TEXT);
        String text = asked.substring(0, Math.min(LONGEST, asked.length()));
        return switch (name) {
            case "picture.png" -> Optional.of(Reply.bytes("image/png", picture(text).png()));
            case "picture.jpg" -> Optional.of(Reply.bytes("image/jpeg", picture(text).jpeg()));
            case "speech.wav" -> Optional.of(Reply.bytes("audio/wav", Voice.say(text, "alloy", 1).wav()));
            case "speech.mp3" ->
                Optional.of(Reply.bytes("audio/mpeg", Mp3.silence(Voice.duration(text, 1), text)));
            case "film.mp4" -> Optional.of(Reply.bytes("video/mp4", Film.shot(text, 0, SIDE, SIDE, 2)));
            case "document.pdf" -> Optional.of(Reply.bytes("application/pdf", Document.pdf(List.of(text))));
            default -> Optional.empty();
        };
    }

    private static Picture picture(String text) {
        return Picture.painted(text, 0, SIDE, SIDE);
    }
}
