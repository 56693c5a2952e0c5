package io.x402compute.local.inference;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.inference.media.Hash;
import io.x402compute.local.inference.media.Picture;

/**
 * What is said next.
 *
 * @param content in tokens
 * @param tool that is called instead, empty for none
 */
record ChatAnswer(List<String> content, String tool, String finishReason, String callId) {

    /** @param index of several answers to the same */
    static ChatAnswer to(ChatRequest request, int index, Inputs inputs) {
        String callId = "call_" + Long.toHexString(Hash.of(request.question() + index));
        if (request.tool().isPresent()) {
            return new ChatAnswer(List.of(), request.tool().get(), "tool_calls", callId);
        }
        String whole = words(request, index, inputs);
        String said = untilStop(whole, request.stop());
        List<String> tokens = Tokens.of(said);
        boolean cut = tokens.size() > request.mostTokens();
        return new ChatAnswer(cut ? List.copyOf(tokens.subList(0, request.mostTokens())) : tokens, "",
                cut ? "length" : "stop", callId);
    }

    ObjectNode message() {
        ObjectNode message = Json.object().put("role", "assistant");
        if (tool.isEmpty()) {
            message.put("content", String.join("", content));
        } else {
            message.putNull("content");
            message.putArray("tool_calls").add(toolCall());
        }
        return message.putNull("refusal");
    }

    /** The message in pieces, but for who says it. */
    List<ObjectNode> deltas() {
        List<ObjectNode> deltas = new ArrayList<>();
        content.forEach(token -> deltas.add(Json.object().put("content", token)));
        if (!tool.isEmpty()) {
            ObjectNode delta = Json.object();
            delta.putArray("tool_calls").add(toolCall().put("index", 0));
            deltas.add(delta);
        }
        return deltas;
    }

    int tokens() {
        return tool.isEmpty() ? content.size() : Tokens.count(tool) + 2;
    }

    private ObjectNode toolCall() {
        ObjectNode call = Json.object().put("id", callId).put("type", "function");
        call.putObject("function").put("name", tool).put("arguments", "{}");
        return call;
    }

    private static String words(ChatRequest request, int index, Inputs inputs) {
        StringBuilder words = new StringBuilder();
        for (String address : request.pictures()) {
            words.append(seen(inputs.picture("image_url", address))).append(' ');
        }
        words.append("You said: ").append(request.question());
        if (index > 0) {
            words.append(" (answer ").append(index + 1).append(')');
        }
        String answer = words.toString();
        return request.json() ? Json.write(Json.object().put("answer", answer)) : answer;
    }

    private static String seen(Picture picture) {
        String shows = picture.description().isEmpty() ? "no words" : picture.description();
        return "A picture of %d by %d pixels that shows: %s.".formatted(picture.width(), picture.height(), shows);
    }

    private static String untilStop(String text, List<String> stops) {
        int end = stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(text.length());
        return text.substring(0, end);
    }
}
