package io.x402compute.inference.upstream;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Attachment;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Output;
import io.x402compute.inference.Usage;
import io.x402compute.inference.outside.Reply;

/** {@code POST /images/generations}, whose picture comes with the answer or by an address. */
final class ImageCall implements Call {
    private static final String URL = "url";

    private final Attachments attachments;

    ImageCall(Attachments attachments) {
        this.attachments = attachments;
    }

    @Override
    public Outcome run(Task task, Connection upstream) {
        ObjectNode body = task.body("prompt")
                .put("size", task.input().path("width").asInt() + "x" + task.input().path("height").asInt());
        Reply reply = upstream.post("/images/generations", body, task.begun(), task.patience(), Connection.MOST_JSON);
        if (!(reply instanceof Reply.Answered answered) || !answered.isSuccess()) {
            return Failures.of(reply);
        }
        return picture(task, Failures.json(answered.body()).at("/data/0"))
                .<Outcome>map(output -> new Outcome.Completed(output, Usage.of(Meter.IMAGES, 1)))
                .orElse(Failures.FAILED);
    }

    private Optional<Output> picture(Task task, JsonNode entry) {
        if (entry.path("b64_json").isTextual()) {
            return Attachments.decoded(entry.path("b64_json").textValue()).map(bytes -> new Output(Json.object(),
                    List.of(new Attachment(URL, MediaTypes.of(bytes, "image/png"), bytes))));
        }
        return Optional.ofNullable(entry.path(URL).textValue()).map(url -> attachments.fetched(Json.object(),
                List.of(new Attachments.Field(URL, url)), task.service().limits().outputBytes(), task.patience()));
    }
}
