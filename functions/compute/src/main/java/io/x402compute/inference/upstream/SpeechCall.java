package io.x402compute.inference.upstream;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Attachment;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Output;
import io.x402compute.inference.Usage;
import io.x402compute.inference.outside.Reply;

/** {@code POST /audio/speech}, which answers with a file and counts nothing. */
final class SpeechCall implements Call {

    @Override
    public Outcome run(Task task, Connection upstream) {
        String text = task.input().path("text").asText();
        ObjectNode body = task.body("voice", "speed").put("input", text);
        body.set("response_format", task.input().get("format"));
        Reply reply = upstream.post("/audio/speech", body, task.begun(), task.patience(),
                task.service().limits().outputBytes());
        if (!(reply instanceof Reply.Answered answered) || !answered.isSuccess()) {
            return Failures.of(reply);
        }
        if (answered.body().length == 0 || answered.mediaType().equals("application/json")) {
            return Failures.FAILED;
        }
        Attachment sound = new Attachment("audio_url", MediaTypes.of(answered.body(), answered.mediaType()),
                answered.body());
        return new Outcome.Completed(new Output(Json.object(), List.of(sound)),
                Usage.of(Meter.CHARACTERS, text.codePointCount(0, text.length())));
    }
}
