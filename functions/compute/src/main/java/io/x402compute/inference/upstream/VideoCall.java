package io.x402compute.inference.upstream;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Attachment;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Output;
import io.x402compute.inference.Usage;
import io.x402compute.inference.outside.Reply;

/** {@code POST /videos}, whose film is there minutes later. */
final class VideoCall implements LongCall {
    private static final String VIDEOS = "/videos";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,200}");
    private static final int ALL = 100;

    @Override
    public Outcome run(Task task, Connection upstream) {
        // As text, which is how its documents have it.
        ObjectNode body = task.body("prompt", "size").put("seconds", task.input().path("seconds").asText());
        Reply reply = upstream.post(VIDEOS, body, task.begun(), task.patience(), Connection.MOST_JSON);
        if (!(reply instanceof Reply.Answered answered) || !answered.isSuccess()) {
            return Failures.of(reply);
        }
        String id = Failures.json(answered.body()).path("id").asText();
        return ID.matcher(id).matches() ? new Outcome.Accepted(upstream.name(), id, 0) : Failures.FAILED;
    }

    @Override
    public Outcome look(Pending pending, Connection upstream) {
        Reply reply = upstream.get(path(pending), pending.patience(), Connection.MOST_JSON);
        if (!(reply instanceof Reply.Answered answered)) {
            return pending.accepted();
        }
        if (answered.status() == 404) {
            return Failures.FAILED;
        }
        JsonNode json = Failures.json(answered.body());
        return switch (json.path("status").asText()) {
            case "completed" -> film(pending, upstream);
            case "failed" -> failed(json);
            default -> pending
                    .at(Math.clamp(json.path("progress").asInt(pending.accepted().percent()), 0, ALL));
        };
    }

    private static Outcome failed(JsonNode json) {
        return json.at("/error/code").asText().startsWith("moderation")
                ? Failures.text(json).<Outcome>map(Outcome.Refused::new).orElse(Failures.FAILED)
                : Failures.FAILED;
    }

    private static Outcome film(Pending pending, Connection upstream) {
        Reply reply = upstream.get(path(pending) + "/content", pending.patience(),
                pending.service().limits().outputBytes());
        return switch (reply) {
            case Reply.Answered answered when answered.isSuccess() -> new Outcome.Completed(
                    new Output(Json.object(), List.of(new Attachment("url",
                            MediaTypes.of(answered.body(), answered.mediaType()), answered.body()))),
                    Usage.of(Meter.SECONDS, pending.input().path("seconds").asLong()));
            case Reply.TooLong() -> Failures.FAILED;
            case Reply.Answered _,Reply.Cut _,Reply.NotSent() -> pending.at(ALL);
        };
    }

    @Override
    public void stop(Pending pending, Connection upstream) {
        upstream.call("DELETE", path(pending), Optional.empty(), pending.patience().left(), pending.patience());
    }

    private static String path(Pending pending) {
        return VIDEOS + "/" + pending.accepted().handle();
    }
}
