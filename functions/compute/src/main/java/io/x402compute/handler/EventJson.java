package io.x402compute.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.event.DomainEvent;
import io.x402compute.http.Json;

/** Events as the owners of their machines see them: the same facts as on the bus. */
final class EventJson {
    private EventJson() {}

    static ObjectNode of(DomainEvent event) {
        ObjectNode json = Json.object()
                .put("id", event.id())
                .put("type", event.type())
                .put("time", event.time().toString());
        json.set("detail", event.detail());
        return json;
    }
}
