package io.x402compute.x402.node;

import com.fasterxml.jackson.databind.JsonNode;

/** What came back from a node. */
public sealed interface NodeAnswer {

    record Result(JsonNode json) implements NodeAnswer {}

    /** The node will not do it, as JSON-RPC's {@code error} says. */
    record Refusal(JsonNode error) implements NodeAnswer {

        public int code() {
            return error.path("code").asInt();
        }

        public String message() {
            return error.path("message").asText("no message");
        }

        public JsonNode data() {
            return error.path("data");
        }

        /** For people. */
        public String why() {
            return "the node answered " + code() + ": " + message();
        }
    }

    /** Nothing that could be read; {@code why} names no address, for a node's URL often holds an access key. */
    record Silence(String why) implements NodeAnswer {}
}
