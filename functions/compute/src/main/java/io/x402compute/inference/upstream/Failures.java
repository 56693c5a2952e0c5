package io.x402compute.inference.upstream;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.outside.Reply;

/** What it means when an answer is none. */
final class Failures {
    static final Outcome.Failed FAILED = new Outcome.Failed("upstream_failed");
    static final Outcome.Failed TIMED_OUT = new Outcome.Failed("upstream_timeout");
    static final Outcome.Failed BUSY = new Outcome.Failed("upstream_busy");
    private static final Set<String> OUR_FIELDS = Set.of("model", "version");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final int LONGEST_TEXT = 300;

    private Failures() {}

    /** Of an upstream that speaks as OpenAI does. */
    static Outcome of(Reply reply) {
        return of(reply, Set.of(400, 413, 422));
    }

    /** @param refused the statuses by which it says that the input is wrong */
    static Outcome of(Reply reply, Set<Integer> refused) {
        return switch (reply) {
            case Reply.Answered answered -> of(answered, refused);
            // It may have been run: whoever asks again may pay twice.
            case Reply.Cut cut -> cut.inTime() ? FAILED : TIMED_OUT;
            case Reply.TooLong(),Reply.NotSent() -> FAILED;
        };
    }

    private static Outcome of(Reply.Answered answered, Set<Integer> refused) {
        if (refused.contains(answered.status())) {
            JsonNode json = json(answered.body());
            return isAboutInput(json) ? text(json).<Outcome>map(Outcome.Refused::new).orElse(FAILED) : FAILED;
        }
        return switch (answered.status()) {
            case 408, 504 -> TIMED_OUT;
            case 429, 503 -> BUSY;
            default -> FAILED;
        };
    }

    /** The body, missing where it is not JSON: a proxy in front answers in HTML. */
    static JsonNode json(byte[] body) {
        try {
            return Json.read(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** The model is chosen here: that there is none is nothing the caller could change. */
    private static boolean isAboutInput(JsonNode json) {
        JsonNode error = json.path("error");
        return !error.path("code").asText().equals("model_not_found")
                && !OUR_FIELDS.contains(error.path("param").asText());
    }

    /** What it says is wrong, on one line, and not too long. */
    static Optional<String> text(JsonNode json) {
        return Stream.of(json.at("/error/message"), json.path("error"), json.path("message"), json.path("detail"))
                .filter(JsonNode::isTextual).map(text -> CONTROL.matcher(text.textValue()).replaceAll(" ").strip())
                .filter(text -> !text.isEmpty())
                .map(text -> text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text).findFirst();
    }
}
