package io.x402compute.inference.upstream;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Output;
import io.x402compute.inference.outside.Reply;

/**
 * {@code POST /chat/completions}, as a stream: what has been written when our time is over is worth something, and is what was used. A stream that the
 * other side cuts off is a failure.
 */
final class ChatCall implements Call {
    private static final String[] FIELDS = {"max_tokens", "temperature", "top_p", "frequency_penalty",
        "presence_penalty", "stop", "seed", "tools", "tool_choice", "response_format"};

    @Override
    public Outcome run(Task task, Connection upstream) {
        ObjectNode body = task.body(FIELDS);
        body.set("messages", messages(task.input()));
        body.put("stream", true).putObject("stream_options").put("include_usage", true);
        Reply reply = upstream.post("/chat/completions", body, task.begun(), task.patience(), Connection.MOST_JSON);
        return answer(reply).map(answer -> completed(task, answer)).orElseGet(() -> Failures.of(reply));
    }

    private static Optional<ChatAnswer> answer(Reply reply) {
        return switch (reply) {
            case Reply.Answered answered when answered.isSuccess() && answered.mediaType().equals("application/json") ->
                ChatAnswer.whole(Failures.json(answered.body()));
            case Reply.Answered answered when answered.isSuccess() ->
                Optional.of(ChatAnswer.streamed(answered.body())).filter(ChatAnswer::isFinished);
            case Reply.Cut cut when cut.status() == 200 && !cut.inTime() ->
                Optional.of(ChatAnswer.streamed(cut.body())).filter(ChatAnswer::hasText);
            case Reply.Answered _,Reply.Cut _,Reply.TooLong(),Reply.NotSent() -> Optional.empty();
        };
    }

    private static Outcome completed(Task task, ChatAnswer answer) {
        return new Outcome.Completed(new Output(answer.fields(task.model(), task.input()), List.of()),
                answer.usage(task.input()));
    }

    private static ArrayNode messages(ObjectNode input) {
        if (input.has("messages")) {
            return (ArrayNode) input.get("messages");
        }
        ArrayNode messages = Json.array();
        ObjectNode message = messages.addObject().put("role", "user");
        if (!input.has("image_url")) {
            message.set("content", input.get("prompt"));
            return messages;
        }
        ArrayNode parts = message.putArray("content");
        parts.addObject().put("type", "text").set("text", input.get("prompt"));
        parts.addObject().put("type", "image_url").putObject("image_url").set("url", input.get("image_url"));
        return messages;
    }
}
