package io.x402compute.local.inference;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** {@code POST /chat/completions}, at once or as a stream. */
final class ChatRoutes {
    private final Models models;
    private final Inputs inputs;
    private final Clock clock;

    ChatRoutes(Models models, Inputs inputs, Clock clock) {
        this.models = models;
        this.inputs = inputs;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.shared("POST", "/chat/completions", this::complete);
    }

    private Reply complete(Call call) {
        ChatRequest request = ChatRequest.read(call, models);
        List<ChatAnswer> answers = new ArrayList<>();
        for (int index = 0; index < request.choices(); index++) {
            answers.add(ChatAnswer.to(request, index, inputs));
        }
        return request.stream() ? Reply.events(events(request, answers)) : Reply.json(completion(request, answers));
    }

    private ObjectNode completion(ChatRequest request, List<ChatAnswer> answers) {
        ObjectNode body = head(request, "chat.completion");
        ArrayNode choices = body.putArray("choices");
        for (int index = 0; index < answers.size(); index++) {
            ObjectNode choice = choices.addObject().put("index", index);
            choice.set("message", answers.get(index).message());
            choice.put("finish_reason", answers.get(index).finishReason());
            choice.putNull("logprobs");
        }
        body.set("usage", usage(request, answers));
        return body;
    }

    /** Who it is, then token by token, then why it ends; what it has used comes last, if it was asked for. */
    private List<ObjectNode> events(ChatRequest request, List<ChatAnswer> answers) {
        ObjectNode head = head(request, "chat.completion.chunk");
        List<ObjectNode> events = new ArrayList<>();
        for (int index = 0; index < answers.size(); index++) {
            ChatAnswer answer = answers.get(index);
            events.add(chunk(head, index, Json.object().put("role", "assistant").put("content", "")));
            for (ObjectNode delta : answer.deltas()) {
                events.add(chunk(head, index, delta));
            }
            ObjectNode last = chunk(head, index, Json.object());
            ((ObjectNode) last.path("choices").path(0)).put("finish_reason", answer.finishReason());
            events.add(last);
        }
        if (request.usageWanted()) {
            events.forEach(event -> event.putNull("usage"));
            ObjectNode usage = head.deepCopy();
            usage.putArray("choices");
            usage.set("usage", usage(request, answers));
            events.add(usage);
        }
        return events;
    }

    private static ObjectNode chunk(ObjectNode head, int index, ObjectNode delta) {
        ObjectNode event = head.deepCopy();
        ObjectNode choice = event.putArray("choices").addObject().put("index", index);
        choice.set("delta", delta);
        choice.putNull("finish_reason");
        return event;
    }

    private ObjectNode head(ChatRequest request, String object) {
        return Json.object().put("id", "chatcmpl-" + UUID.randomUUID()).put("object", object)
                .put("created", clock.instant().getEpochSecond()).put("model", request.model())
                .put("system_fingerprint", "fp_local");
    }

    private static ObjectNode usage(ChatRequest request, List<ChatAnswer> answers) {
        int completion = answers.stream().mapToInt(ChatAnswer::tokens).sum();
        ObjectNode usage = Json.object().put("prompt_tokens", request.promptTokens())
                .put("completion_tokens", completion).put("total_tokens", request.promptTokens() + completion);
        usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", 0).put("audio_tokens", 0);
        return usage;
    }
}
