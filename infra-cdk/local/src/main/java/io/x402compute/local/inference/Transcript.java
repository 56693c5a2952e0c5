package io.x402compute.local.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.inference.media.Mp3;
import io.x402compute.local.inference.media.Sound;
import io.x402compute.local.inference.media.UnreadableException;
import io.x402compute.local.inference.media.Voice;

/** What is said in a recording, in the forms it can be asked for. */
record Transcript(String text, Duration duration) {
    private static final Pattern SENTENCE = Pattern.compile("[^.!?]+[.!?]*\\s*");
    private static final Pattern WORD = Pattern.compile("\\S+");

    /** @throws Refused when it is no recording that can be heard here */
    static Transcript of(byte[] file) {
        if (Mp3.is(file)) {
            return new Transcript(Mp3.lyrics(file).orElse(""), Mp3.duration(file));
        }
        try {
            Sound sound = Sound.readWav(file);
            return new Transcript(Voice.understand(sound).orElse(""), sound.duration());
        } catch (UnreadableException e) {
            throw Refused.invalid("file", "Invalid file format. Supported formats: ['mp3', 'wav']",
                    "invalid_file_format");
        }
    }

    ObjectNode plain() {
        ObjectNode body = Json.object().put("text", text);
        body.set("usage", usage());
        return body;
    }

    ObjectNode verbose(String language, boolean words) {
        ObjectNode body = Json.object().put("task", "transcribe").put("language", language)
                .put("duration", seconds(duration)).put("text", text);
        ArrayNode segments = body.putArray("segments");
        List<Piece> sentences = pieces(SENTENCE);
        for (int i = 0; i < sentences.size(); i++) {
            Piece sentence = sentences.get(i);
            segments.addObject().put("id", i).put("seek", 0).put("start", sentence.start()).put("end", sentence.end())
                    .put("text", sentence.text()).put("temperature", 0).put("avg_logprob", -0.1)
                    .put("compression_ratio", 1).put("no_speech_prob", 0.01).putArray("tokens");
        }
        if (words) {
            ArrayNode list = body.putArray("words");
            pieces(WORD).forEach(word -> list.addObject().put("word", word.text().strip()).put("start", word.start())
                    .put("end", word.end()));
        }
        body.set("usage", usage());
        return body;
    }

    /** Two people take turns, sentence by sentence. */
    ObjectNode diarized() {
        ObjectNode body = Json.object().put("task", "transcribe").put("duration", seconds(duration)).put("text", text);
        ArrayNode segments = body.putArray("segments");
        List<Piece> sentences = pieces(SENTENCE);
        for (int i = 0; i < sentences.size(); i++) {
            Piece sentence = sentences.get(i);
            segments.addObject().put("type", "transcript.text.segment").put("id", "seg_" + i)
                    .put("start", sentence.start()).put("end", sentence.end()).put("text", sentence.text().strip())
                    .put("speaker", i % 2 == 0 ? "A" : "B");
        }
        body.set("usage", usage());
        return body;
    }

    String srt() {
        StringBuilder lines = new StringBuilder();
        List<Piece> sentences = pieces(SENTENCE);
        for (int i = 0; i < sentences.size(); i++) {
            lines.append(i + 1).append('\n').append(cue(sentences.get(i), ','));
        }
        return lines.toString();
    }

    String vtt() {
        StringBuilder lines = new StringBuilder("WEBVTT\n\n");
        pieces(SENTENCE).forEach(sentence -> lines.append(cue(sentence, '.')));
        return lines.toString();
    }

    private ObjectNode usage() {
        return Json.object().put("type", "duration").put("seconds", (duration.toMillis() + 999) / 1000);
    }

    /** Time passes evenly over the letters. */
    private List<Piece> pieces(Pattern pattern) {
        List<Piece> pieces = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find();) {
            pieces.add(new Piece(matcher.group(), at(matcher.start()), at(matcher.end())));
        }
        return pieces;
    }

    private double at(int letter) {
        return Math.round(seconds(duration) * letter / text.length() * 1000) / 1000.0;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String cue(Piece piece, char point) {
        return moment(piece.start(), point) + " --> " + moment(piece.end(), point) + "\n" + piece.text().strip()
                + "\n\n";
    }

    private static String moment(double seconds, char point) {
        long millis = Math.round(seconds * 1000);
        return String.format(Locale.ROOT, "%02d:%02d:%02d%c%03d", millis / 3_600_000, millis / 60_000 % 60,
                millis / 1000 % 60, point, millis % 1000);
    }

    private record Piece(String text, double start, double end) {}
}
