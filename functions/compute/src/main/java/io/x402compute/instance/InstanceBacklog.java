package io.x402compute.instance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.x402compute.metric.Gauge;
import io.x402compute.metric.Metric;
import io.x402compute.metric.Oldest;

/**
 * Measures what the sweep has left: leases that are over, machines that are not gone, time that was not given back, events
 * that are not published. All of them are due now or within minutes, so that they are read through the sweep's own index: it costs what is due, not what exists.
 */
public final class InstanceBacklog {
    /** No machine that is being ended waits longer for its next look. */
    private static final Duration LONGEST_WAIT = InstanceTerminator.VISIBLE_BY;

    private final InstanceStore store;
    private final Clock clock;

    public InstanceBacklog(InstanceStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * What there is now.
     *
     * @param deadline when to stop reading; those that would have been read after it are the youngest ones
     */
    public List<Gauge> gauges(Instant deadline) {
        Instant now = clock.instant();
        Oldest leases = new Oldest(now);
        Oldest ending = new Oldest(now);
        Oldest owing = new Oldest(now);
        Oldest events = new Oldest(now);
        for (InstanceId id : store.due(now.plus(LONGEST_WAIT))) {
            if (!clock.instant().isBefore(deadline)) {
                break;
            }
            store.find(id).ifPresent(instance -> {
                instance.pendingEvents().stream().findFirst().ifPresent(event -> events.add(event.time()));
                instance.termination().filter(end -> instance.state() == InstanceState.TERMINATING)
                        .ifPresent(end -> ending.add(end.askedAt()));
                if (instance.owesUnusedTime()) {
                    owing.add(instance.termination().orElseThrow().askedAt());
                }
                if (instance.state().isLive() && instance.isOver(now)) {
                    leases.add(instance.destroysAt());
                }
            });
        }
        return List.of(leases.age(Metric.OLDEST_DUE_LEASE), ending.age(Metric.OLDEST_ENDING_INSTANCE),
                ending.count(Metric.ENDING_INSTANCES), owing.age(Metric.OLDEST_OWED_CREDIT),
                events.age(Metric.OLDEST_INSTANCE_EVENT));
    }
}
