package io.x402compute.inference.upstream;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Output;
import io.x402compute.inference.Usage;
import io.x402compute.inference.outside.Reply;

/** {@code POST /moderations}. */
final class ModerationCall implements Call {

    @Override
    public Outcome run(Task task, Connection upstream) {
        ObjectNode body = task.body();
        if (task.input().has("text")) {
            body.set("input", task.input().get("text"));
        } else {
            body.putArray("input").addObject().put("type", "image_url").putObject("image_url").set("url",
                    task.input().get("image_url"));
        }
        Reply reply = upstream.post("/moderations", body, task.begun(), task.patience(), Connection.MOST_JSON);
        if (!(reply instanceof Reply.Answered answered) || !answered.isSuccess()) {
            return Failures.of(reply);
        }
        JsonNode json = Failures.json(answered.body());
        JsonNode judged = json.at("/results/0");
        if (!judged.path("flagged").isBoolean()) {
            return Failures.FAILED;
        }
        ObjectNode fields = Json.object().put("flagged", judged.get("flagged").booleanValue());
        fields.set("categories", judged.path("categories"));
        fields.set("scores", judged.path("category_scores"));
        fields.put("model", json.path("model").asText(task.model()));
        return new Outcome.Completed(new Output(fields, List.of()), Usage.of(Meter.REQUESTS, 1));
    }
}
