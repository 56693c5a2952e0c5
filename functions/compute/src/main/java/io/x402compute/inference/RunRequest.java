package io.x402compute.inference;

import java.net.URI;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/**
 * A wish for one run, complete with its defaults.
 *
 * @param service the key it is sold under, whichever alias was called
 * @param input as the service takes it
 * @param webhook who is told when it ends; only where it is queued
 */
public record RunRequest(String service, ObjectNode input, Priority priority, Optional<URI> webhook) {

    /** The stored form. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("service", service);
        json.set("input", input);
        json.put("priority", priority.name());
        webhook.ifPresent(url -> json.put("webhook_url", url.toString()));
        return json;
    }

    public static RunRequest ofStored(ObjectNode json) {
        return new RunRequest(json.get("service").textValue(), (ObjectNode) json.get("input"),
                Priority.valueOf(json.get("priority").textValue()),
                Optional.ofNullable(json.get("webhook_url")).map(url -> URI.create(url.textValue())));
    }
}
