package io.x402compute.simulation.world;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.x402compute.instance.Reconciliation;
import io.x402compute.instance.ReconciliationStore;

/** The reconciler's item, under the same conditions as in the table. */
public final class ReconciliationItem implements ReconciliationStore {
    private Reconciliation latest = new Reconciliation(List.of(), Map.of(),
            Optional.empty(), List.of(), 0);

    /** Whether nothing is suspected, missed or left to publish. */
    public boolean isAtRest() {
        return latest.suspects().isEmpty() && latest.missing().isEmpty() && latest.pendingEvents().isEmpty()
                && latest.haltedSince().isEmpty();
    }

    public boolean isHalted() {
        return latest.haltedSince().isPresent();
    }

    @Override
    public Reconciliation load() {
        return latest;
    }

    @Override
    public boolean save(Reconciliation next) {
        if (latest.version() != next.version() - 1) {
            return false;
        }
        latest = next;
        return true;
    }
}
