package io.x402compute.event;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/**
 * Something that happened, as it is put on the bus. Its schema is {@code events/published/<type>.json}.
 *
 * @param id the same for every publication of this event, so that a consumer can drop repeats
 * @param type for example {@code InstanceProvisioned}
 * @param time when it happened, not when it was published
 * @param detail the facts, without {@code id} and {@code time}; never a secret
 */
public record DomainEvent(String id, String type, Instant time, ObjectNode detail) {

    /** Whom it is about: the instance, or the thing that was ordered; empty for what is about all of them. */
    public Optional<String> subject() {
        return Stream.of("instance_id", "subject_id").map(detail::path).filter(JsonNode::isTextual)
                .map(JsonNode::textValue).findFirst();
    }

    /** The one-line form kept beside the change until the event is published. */
    public String stored() {
        ObjectNode line = Json.object().put("id", id).put("type", type).put("time", time.toString());
        line.set("detail", detail);
        return Json.write(line);
    }

    public static DomainEvent ofStored(String line) {
        ObjectNode event = (ObjectNode) Json.readOwn(line);
        return new DomainEvent(event.get("id").textValue(), event.get("type").textValue(),
                Instant.parse(event.get("time").textValue()), (ObjectNode) event.get("detail"));
    }

    /** What consumers receive as the event's detail. */
    public String published() {
        return Json.write(Json.object().put("id", id).put("time", time.toString()).setAll(detail));
    }
}
