package io.x402compute.mcp;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;

import io.x402compute.http.Json;
import io.x402compute.x402.protocol.WireJson;

/** One message of JSON-RPC 2.0, as a client sends it. */
sealed interface Message {
    /** Of a body that is no object. */
    String NOT_JSON = "invalid_json";

    /**
     * Something that is to be answered.
     *
     * @param id text or a whole number, to be sent back as it is
     */
    record Request(JsonNode id, String method, ObjectNode params) implements Message {}

    /** Something that nobody is to answer: a notification, or an answer to what we never ask. */
    record Notice() implements Message {}

    /**
     * No message.
     *
     * @param id of what may have been one, else null in JSON
     * @param code of JSON-RPC
     * @param name the same for our own errors
     * @param text for people
     */
    record Unreadable(JsonNode id, int code, String name, String text) implements Message {}

    /** Reads one. Whatever the bytes are, this never throws. */
    static Message read(byte[] body) {
        // With one reading only: a payment may be in it.
        return WireJson.parse(body).map(Message::of).orElseGet(() -> noObject(body));
    }

    private static Message of(ObjectNode json) {
        JsonNode id = json.path("id");
        boolean isNamed = id.isTextual() || id.isIntegralNumber();
        JsonNode given = isNamed ? id : NullNode.getInstance();
        Optional<String> method = WireJson.text(json, "method");
        if (!json.path("jsonrpc").asText().equals(McpSchema.JSONRPC_VERSION)) {
            return invalid(given, "jsonrpc must be \"" + McpSchema.JSONRPC_VERSION + "\"");
        }
        if (method.isEmpty()) {
            return json.has("result") || json.has("error")
                    ? new Notice()
                    : invalid(given, "method must be a string");
        }
        if (id.isMissingNode()) {
            return new Notice();
        }
        if (!isNamed) {
            return invalid(given, "id must be a string or an integer");
        }
        if (json.has("params") && !json.get("params").isObject()) {
            return new Unreadable(given, ErrorCodes.INVALID_PARAMS, "invalid_params", "params must be an object");
        }
        return new Request(given, method.get(), WireJson.object(json, "params").orElseGet(Json::object));
    }

    private static Message noObject(byte[] body) {
        try {
            return Json.read(body).isArray()
                    ? new Unreadable(NullNode.getInstance(), ErrorCodes.INVALID_REQUEST, NOT_JSON,
                            "One message a request; batches are not taken")
                    : notJson(body);
        } catch (IOException e) {
            return notJson(body);
        }
    }

    private static Message notJson(byte[] body) {
        return new Unreadable(NullNode.getInstance(), ErrorCodes.PARSE_ERROR, NOT_JSON,
                body.length == 0 ? "There is no body" : "The body is not one JSON object in UTF-8");
    }

    private static Message invalid(JsonNode id, String text) {
        return new Unreadable(id, ErrorCodes.INVALID_REQUEST, "invalid_request", text);
    }
}
