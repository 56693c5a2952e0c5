package io.x402compute.handler;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.x402.extension.Discovery;

/**
 * How the paid routes are called, for catalogues. Kept short: it travels in the header of every 402, and comes back with every
 * payment.
 */
final class SoldHere {
    private static final String TEXT = "string";
    private static final String WHOLE = "integer";

    private SoldHere() {}

    static Discovery machine() {
        ObjectNode schema = object("plan", "region");
        property(schema, "plan", TEXT);
        property(schema, "region", TEXT);
        property(schema, "prepaid_hours", WHOLE);
        property(schema, "os_id", WHOLE);
        property(schema, "ssh_public_key", TEXT);
        property(schema, "user_data", TEXT);
        return Discovery.of(
                Json.object().put("plan", "vcg-a16-2c-8g-2vram").put("region", "ewr").put("prepaid_hours", 24), schema);
    }

    static Discovery time() {
        ObjectNode schema = object();
        property(schema, "extend_hours", WHOLE);
        // No machine's own id: it is somebody's, and no example.
        return new Discovery(Json.object().put("extend_hours", 24), schema, Map.of("id", "id of an instance"),
                Optional.of("/compute/instances/:id/extend"));
    }

    static Discovery credit() {
        ObjectNode schema = object("amount");
        property(schema, "amount", "number");
        return Discovery.of(Json.object().put("amount", 5), schema);
    }

    static Discovery run() {
        ObjectNode schema = object("service", "input");
        property(schema, "service", TEXT);
        property(schema, "input", "object");
        property(schema, "webhook_url", TEXT);
        ObjectNode example = Json.object().put("service", "llm-4090");
        example.putObject("input").put("prompt", "Say hello");
        return Discovery.of(example, schema);
    }

    private static ObjectNode object(String... needed) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties");
        if (needed.length > 0) {
            schema.set("required", Json.tree(needed));
        }
        return schema;
    }

    private static void property(ObjectNode schema, String name, String type) {
        schema.withObject("/properties").putObject(name).put("type", type);
    }
}
