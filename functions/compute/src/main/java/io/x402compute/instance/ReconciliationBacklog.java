package io.x402compute.instance;

import java.util.List;

import io.x402compute.metric.Gauge;
import io.x402compute.metric.Metric;

/** Measures in what the provider's lists and our rows differed when they were last compared: one read. */
public final class ReconciliationBacklog {
    private final ReconciliationStore store;

    public ReconciliationBacklog(ReconciliationStore store) {
        this.store = store;
    }

    public List<Gauge> gauges() {
        Reconciliation last = store.load();
        return List.of(Gauge.of(Metric.ORPHAN_MACHINES, last.suspects().size()),
                Gauge.of(Metric.RECONCILIATION_HALTED, last.isHalted() ? 1 : 0));
    }
}
