package io.x402compute.instance;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.event.DomainEvent;
import io.x402compute.http.Json;

/** The events that the comparison with the provider causes. */
final class ReconciliationEvents {
    /** Enough to begin looking; an event may not be longer than 256 KB. */
    private static final int EXAMPLES = 20;

    private ReconciliationEvents() {}

    /** A machine is gone whose deletion was asked for. One that was merely overdue has its instance's own event. */
    static List<DomainEvent> gone(Suspect suspect, Instant now) {
        if (suspect.reason() == OrphanReason.LEASE_OVER) {
            return List.of();
        }
        ObjectNode detail = Json.object()
                .put("provider_id", suspect.providerId())
                .put("kind", suspect.kind().wireName())
                .put("reason", suspect.reason().wireName())
                .put("first_seen_at", suspect.firstSeenAt().toString());
        suspect.instance().ifPresent(id -> detail.put("instance_id", id.toString()));
        return List.of(new DomainEvent("OrphanDestroyed/" + suspect.providerId(), "OrphanDestroyed", now, detail));
    }

    /** From now on nothing is destroyed, until there is less to destroy. */
    static DomainEvent halted(Findings found, Instant now) {
        ObjectNode detail = Json.object()
                .put("machines", found.listed().size())
                .put("orphans", found.orphans().size())
                .put("instances", found.rows())
                .put("missing", found.missing().size());
        ArrayNode examples = detail.putArray("orphan_ids");
        found.orphanIds().stream().sorted().limit(EXAMPLES)
                .forEach(examples::add);
        ArrayNode missing = detail.putArray("missing_instance_ids");
        found.missing().stream().map(InstanceId::toString).sorted().limit(EXAMPLES).forEach(missing::add);
        return new DomainEvent("ReconciliationHalted/" + now, "ReconciliationHalted", now, detail);
    }
}
