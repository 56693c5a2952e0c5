package io.x402compute.instance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.x402compute.event.EventPublisher;

/** Looks at every instance whose time has come: publishes its events, expires it, or goes on ending or operating it. */
public final class ExpirySweep {
    /** Two calls to the provider: one that is cut off would only be made again. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(20);

    private final InstanceStore store;
    private final InstanceTerminator terminator;
    private final MachineOperations operations;
    private final EventPublisher events;
    private final Clock clock;

    public ExpirySweep(InstanceStore store, InstanceTerminator terminator, MachineOperations operations,
            EventPublisher events, Clock clock) {
        this.store = store;
        this.terminator = terminator;
        this.operations = operations;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Sweeps until nothing is due or time is up; what is left stays due for the next sweep.
     *
     * @return how many instances were looked at
     */
    public long sweep(Instant deadline) {
        long attended = 0;
        for (InstanceId id : store.due(clock.instant())) {
            if (clock.instant().plus(LONGEST_STEP).isAfter(deadline)) {
                break;
            }
            store.find(id).ifPresent(instance -> attend(instance, deadline));
            attended++;
        }
        return attended;
    }

    private void attend(Instance due, Instant deadline) {
        Instance instance = publish(due);
        Instant now = clock.instant();
        if (instance.state().isLive() && instance.isOver(now)) {
            publish(terminator.expire(instance));
        } else if (instance.state() == InstanceState.TERMINATING
                && instance.dueAt().filter(at -> !at.isAfter(now)).isPresent()) {
            publish(terminator.pursue(instance));
        } else {
            publish(operations.attend(instance, deadline));
        }
    }

    private Instance publish(Instance instance) {
        if (instance.pendingEvents().isEmpty() || !events.publish(instance.pendingEvents())) {
            return instance;
        }
        Instance published = instance.published();
        return store.save(published) ? published : store.find(instance.id()).orElseThrow();
    }
}
