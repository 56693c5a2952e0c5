package io.x402compute.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** A queue on which no time passes: what is delayed or hidden stays so until somebody shows it. */
final class InProcessQueue {
    private final List<Message> messages = new ArrayList<>();

    private static final class Message {
        private final String body;
        private boolean visible;
        private String receipt = "";

        private Message(String body, boolean visible) {
            this.body = body;
            this.visible = visible;
        }
    }

    /** @param operation with what SQS calls itself in front of it */
    synchronized ObjectNode answer(String operation, JsonNode request) {
        return switch (operation) {
            case "AmazonSQS.SendMessage" -> send(request);
            case "AmazonSQS.ReceiveMessage" -> receive();
            case "AmazonSQS.ChangeMessageVisibility" -> changeVisibility(request);
            default -> throw new IllegalArgumentException(operation);
        };
    }

    private ObjectNode send(JsonNode request) {
        String body = request.path("MessageBody").textValue();
        messages.add(new Message(body, request.path("DelaySeconds").asInt() == 0));
        return Json.object().put("MessageId", UUID.randomUUID().toString()).put("MD5OfMessageBody", md5(body));
    }

    private ObjectNode receive() {
        ObjectNode answer = Json.object();
        ArrayNode received = answer.putArray("Messages");
        Optional<Message> next = messages.stream().filter(message -> message.visible).findFirst();
        next.ifPresent(message -> {
            message.visible = false;
            message.receipt = UUID.randomUUID().toString();
            received.addObject().put("MessageId", "message").put("ReceiptHandle", message.receipt)
                    .put("Body", message.body).put("MD5OfBody", md5(message.body));
        });
        return answer;
    }

    private ObjectNode changeVisibility(JsonNode request) {
        messages.stream().filter(message -> message.receipt.equals(request.path("ReceiptHandle").textValue()))
                .forEach(message -> message.visible = request.path("VisibilityTimeout").asInt() == 0);
        return Json.object();
    }

    private static String md5(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
