package io.x402compute.inference.upstream;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Output;
import io.x402compute.inference.Usage;
import io.x402compute.inference.outside.Download;
import io.x402compute.inference.outside.Reply;

/** {@code POST /audio/transcriptions}: the recording is fetched here, since the endpoint takes no addresses. */
final class TranscriptionCall implements Call {
    /** What the endpoint takes. */
    private static final int MOST_BYTES = 25 << 20;
    private static final Pattern FILE = Pattern
            .compile("[A-Za-z0-9_-]{1,64}\\.(?:flac|mp3|mp4|mpeg|mpga|m4a|ogg|wav|webm)");
    private static final String LIMIT = "max_seconds";

    private final Download download;

    TranscriptionCall(Download download) {
        this.download = download;
    }

    @Override
    public Outcome run(Task task, Connection upstream) {
        URI url = URI.create(task.input().path("audio_url").asText());
        return switch (download.fetch(url, MOST_BYTES, task.patience())) {
            case Download.Result.Missing(String why) -> new Outcome.Refused("input.audio_url " + why);
            case Download.Result.Fetched(String mediaType, byte[] bytes) ->
                transcribed(task, upstream, form(task, url, mediaType, bytes));
        };
    }

    private static Multipart form(Task task, URI url, String mediaType, byte[] bytes) {
        Multipart form = new Multipart(task.job().toString());
        task.body("language").forEachEntry((name, value) -> form.text(name, value.asText()));
        return form.file("file", fileName(url, mediaType), MediaTypes.of(bytes, mediaType), bytes);
    }

    /** The endpoint knows formats by the names of files. */
    private static String fileName(URI url, String mediaType) {
        String path = Optional.ofNullable(url.getPath()).orElse("");
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (FILE.matcher(last).matches()) {
            return last;
        }
        return switch (mediaType) {
            case "audio/wav", "audio/x-wav", "audio/wave" -> "audio.wav";
            case "audio/flac" -> "audio.flac";
            case "audio/ogg" -> "audio.ogg";
            case "audio/mp4", "video/mp4", "audio/m4a" -> "audio.m4a";
            case "audio/webm", "video/webm" -> "audio.webm";
            default -> "audio.mp3";
        };
    }

    private static Outcome transcribed(Task task, Connection upstream, Multipart form) {
        Reply reply = upstream.post("/audio/transcriptions", form, task.begun(), task.patience());
        if (!(reply instanceof Reply.Answered answered) || !answered.isSuccess()) {
            return Failures.of(reply);
        }
        JsonNode json = Failures.json(answered.body());
        if (!json.path("text").isTextual()) {
            return Failures.FAILED;
        }
        long most = task.input().path(LIMIT).asLong();
        long seconds = seconds(json).orElse(most);
        if (seconds > most) {
            return new Outcome.Refused(
                    "input.audio_url is " + seconds + " seconds long, and input." + LIMIT + " is " + most);
        }
        ObjectNode fields = Json.object();
        Stream.of("text", "language", "segments").filter(json::has)
                .forEach(field -> fields.set(field, json.get(field)));
        return new Outcome.Completed(new Output(fields.put("duration", Math.toIntExact(seconds)), List.of()),
                Usage.of(Meter.SECONDS, seconds));
    }

    /** Begun seconds count, and there is at least one. */
    private static Optional<Long> seconds(JsonNode json) {
        return Stream.of(json.at("/usage/seconds"), json.path("duration")).filter(JsonNode::isNumber)
                .map(JsonNode::decimalValue).filter(TranscriptionCall::isPlausible)
                .map(exact -> Math.max(1, exact.setScale(0, RoundingMode.CEILING).longValue())).findFirst();
    }

    private static boolean isPlausible(BigDecimal seconds) {
        return seconds.signum() >= 0 && seconds.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) < 0;
    }
}
