package io.x402compute.instance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.x402compute.event.EventPublisher;

/**
 * Looks at every instance whose time has come: has it extended if its owner wants that, warns him, expires it, gives back what
 * it owes, publishes its events, goes on ending it, or on what is being done to it. First what needs no provider, for all of
 * them: an end is decided whether that answers or not. Of the provider's time, deletions get theirs before looks, because a
 * machine costs until it is deleted and not until it is seen to be gone; and who has waited longest is first, so that no machine
 * that is refused again and again keeps the others waiting.
 */
public final class ExpirySweep {
    /** A search at the provider and what it finds: one that is cut off would only be made again. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(20);
    private static final Comparator<Instance> LONGEST_WAITING = Comparator
            .comparing((Instance instance) -> instance.termination().orElseThrow().nextAttemptAt())
            .thenComparing(instance -> instance.id().value());

    private final InstanceStore store;
    private final InstanceTerminator terminator;
    private final MachineOperations operations;
    private final AutoExtender autoExtender;
    private final EventPublisher events;
    private final Clock clock;
    private final int atOnce;

    /** One that does one thing after the other. */
    public ExpirySweep(InstanceStore store, InstanceTerminator terminator, MachineOperations operations,
            AutoExtender autoExtender, EventPublisher events, Clock clock) {
        this(store, terminator, operations, autoExtender, events, clock, 1);
    }

    /** @param atOnce how many instances it has in hand at a time, whatever pace the provider is asked at */
    public ExpirySweep(InstanceStore store, InstanceTerminator terminator, MachineOperations operations,
            AutoExtender autoExtender, EventPublisher events, Clock clock, int atOnce) {
        this.store = store;
        this.terminator = terminator;
        this.operations = operations;
        this.autoExtender = autoExtender;
        this.events = events;
        this.clock = clock;
        this.atOnce = atOnce;
    }

    /**
     * Sweeps until nothing is due or time is up; what is left stays due for the next sweep.
     *
     * @return how many instances were looked at
     * @throws RuntimeException what the first of them has failed with; the others were looked at all the same
     */
    public long sweep(Instant deadline) {
        Workers workers = new Workers(atOnce);
        Instant until = deadline.minus(LONGEST_STEP);
        List<Instance> due = workers.each(store.due(clock.instant()), store::find).stream().flatMap(Optional::stream)
                .toList();
        List<Instance> extended = new Round(workers, clock, until).each(due, autoExtender::attend);
        List<Instance> decided = new Round(workers, clock, until).each(extended, this::decide);
        List<Instance> clear = new Round(workers, clock, until).each(decided,
                instance -> Attempt.answered(terminator.giveBackUnused(instance)));
        List<Instance> told = new Round(workers, clock, until).each(clear, this::publish);
        Round provider = new Round(workers, clock, until);
        pursue(told, provider);
        List<Instance> operated = provider.each(
                told.stream().filter(instance -> instance.pendingOperation().isPresent()).toList(),
                instance -> operations.goOn(instance, deadline));
        new Round(workers, clock, until).each(operated, this::publish);
        workers.failIfAnyFailed();
        return due.size();
    }

    private Attempt decide(Instance due) {
        Instant now = clock.instant();
        if (due.isToBeWarnedOf(now) && !due.isOver(now)) {
            return Attempt.answered(save(due, due.warned(now)));
        }
        return Attempt.answered(terminator.decideExpiry(due));
    }

    private void pursue(List<Instance> instances, Round provider) {
        Instant now = clock.instant();
        List<Instance> ending = instances.stream()
                .filter(instance -> instance.state() == InstanceState.TERMINATING)
                .filter(instance -> !instance.termination().orElseThrow().nextAttemptAt().isAfter(now))
                .sorted(LONGEST_WAITING).toList();
        provider.each(provider.each(ending, terminator::ask), terminator::look);
    }

    private Attempt publish(Instance instance) {
        if (instance.pendingEvents().isEmpty()) {
            return Attempt.answered(instance);
        }
        return events.publish(instance.pendingEvents())
                ? Attempt.answered(save(instance, instance.published()))
                : Attempt.unanswered(instance);
    }

    private Instance save(Instance instance, Instance next) {
        return store.save(next) ? next : store.find(instance.id()).orElseThrow();
    }
}
