package io.x402compute.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.instance.Instance;
import io.x402compute.instance.Operation;
import io.x402compute.instance.OperationPhase;
import io.x402compute.instance.Upgrade;

/** The last thing that was to be done to a machine, for owners who wait for it. */
final class OperationJson {
    private OperationJson() {}

    static ObjectNode of(Operation operation) {
        ObjectNode json = Json.object()
                .put("kind", operation.kind().wireName())
                .put("status", operation.phase().status())
                .put("asked_at", operation.askedAt().toString());
        operation.upgrade().ifPresent(
                upgrade -> json.put("from_plan", upgrade.from()).put("to_plan", upgrade.to()));
        operation.providerAction().ifPresent(action -> json.put("provider_action_id", action));
        operation.failure().ifPresent(code -> json.put("reason", code));
        return json;
    }

    /** Known clients that resize look for {@code metadata.resize_pending}, and in it for {@code new_expires_at}. */
    static void addTo(ObjectNode json, Instance instance, Operation operation) {
        json.set("operation", of(operation));
        if (operation.isPending()) {
            operation.upgrade().ifPresent(upgrade -> json.putObject("metadata")
                    .set("resize_pending", pending(instance, operation, upgrade)));
        }
    }

    private static ObjectNode pending(Instance instance, Operation operation, Upgrade upgrade) {
        ObjectNode pending = Json.object().put("from_plan", upgrade.from()).put("to_plan", upgrade.to());
        if (operation.phase() == OperationPhase.ACCEPTED) {
            pending.put("new_expires_at", instance.expiresAt().toString());
        }
        return pending;
    }
}
