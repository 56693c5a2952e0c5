package io.x402compute.instance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.x402compute.instance.MachineProvider.Execution;
import io.x402compute.instance.MachineProvider.Sighting;

/**
 * Has things done to machines that are up: written down first, asked of the provider once, and looked for until they show. Where
 * the answer got lost, what may be done twice is asked for again, a resize is looked for, and a reboot, which does not show, is
 * said to be uncertain. The end of a machine goes before everything else.
 */
public final class MachineOperations {
    /** Nothing is asked of the provider with less time than this left: its answer would be lost for certain. */
    private static final Duration TIME_TO_ASK = Duration.ofSeconds(10);
    /** A change of power that was carried out shows by then, so it was not. */
    private static final Duration BEFORE_REPEATING = Duration.ofMinutes(1);
    private static final int ATTEMPTS = 5;

    private final InstanceStore store;
    private final MachineProvider provider;
    private final Clock clock;

    public MachineOperations(InstanceStore store, MachineProvider provider, Clock clock) {
        this.store = store;
        this.provider = provider;
        this.clock = clock;
    }

    /** Starts, stops or reboots a machine. */
    public OperationResult power(Instance instance, OperationKind kind, Instant deadline) {
        return ask(instance, kind, Optional.empty(), deadline);
    }

    /** Moves a machine to a larger plan. Its lease changes as soon as the provider has accepted, and not before. */
    public OperationResult resize(Instance instance, Upgrade upgrade, Instant deadline) {
        return ask(instance, OperationKind.RESIZE, Optional.of(upgrade), deadline);
    }

    private OperationResult ask(Instance instance, OperationKind kind, Optional<Upgrade> upgrade, Instant deadline) {
        Instance latest = attend(instance, deadline);
        while (latest.state() == InstanceState.ACTIVE && !latest.isOver(clock.instant())) {
            if (latest.pendingOperation().isPresent()) {
                return new OperationResult.Occupied(latest.pendingOperation().get());
            }
            Instance asked = latest.operating(Operation.sent(kind, upgrade, clock.instant()));
            if (store.save(asked)) {
                return result(execute(asked, deadline).latest(), asked);
            }
            latest = current(instance.id());
        }
        return new OperationResult.NotActive(latest.isOver(clock.instant()) && latest.state().isLive()
                ? InstanceState.EXPIRED
                : latest.outcome());
    }

    private static OperationResult result(Instance now, Instance asked) {
        Operation wanted = asked.operation().orElseThrow();
        Operation last = now.operation().filter(wanted::is).orElse(wanted);
        if (now.state() != InstanceState.ACTIVE) {
            return new OperationResult.NotActive(now.outcome());
        }
        return last.phase() == OperationPhase.FAILED
                ? new OperationResult.Refused(last.failure().orElseThrow())
                : new OperationResult.Taken(now, last);
    }

    /** Goes on with whatever is being done to a machine, as far as that goes now. */
    public Instance attend(Instance instance, Instant deadline) {
        return goOn(instance, deadline).latest();
    }

    /** As {@link #attend}, telling whether the provider answers. */
    Attempt goOn(Instance instance, Instant deadline) {
        Instant now = clock.instant();
        Optional<Operation> pending = instance.pendingOperation().filter(operation -> !operation.isResting(now));
        if (pending.isEmpty() || now.plus(TIME_TO_ASK).isAfter(deadline)) {
            return Attempt.answered(instance);
        }
        Operation operation = pending.get();
        return switch (operation.phase()) {
            case DEFERRED -> now.isAfter(operation.askedAt().plus(Operation.ASKED_BY))
                    ? fail(instance, operation, "provider_busy")
                    : send(instance, operation, deadline);
            case SENT -> operation.kind() == OperationKind.REBOOT
                    ? fail(instance, operation, "outcome_unknown")
                    : look(instance, operation, deadline);
            case ACCEPTED -> look(instance, operation, deadline);
            case DONE, FAILED -> Attempt.answered(instance);
        };
    }

    private Attempt send(Instance instance, Operation operation, Instant deadline) {
        Instance sending = instance.operated(operation.sentAgain(clock.instant()));
        return store.save(sending) ? execute(sending, deadline) : Attempt.answered(current(instance.id()));
    }

    private Attempt execute(Instance sending, Instant deadline) {
        Operation sent = sending.operation().orElseThrow();
        String machine = sending.machine().orElseThrow().providerId();
        Execution answer = provider.execute(machine, sent, deadline);
        Instant now = clock.instant();
        return switch (answer) {
            case Execution.Accepted(Optional<String> action) -> Attempt.answered(
                    record(sending, latest -> accepted(latest, sent.accepted(action, now), now)));
            case Execution.Refused(String code, String text) -> Attempt.answered(
                    record(sending, latest -> latest.operated(sent.failed(code))));
            case Execution.Deferred(Duration retryAfter) -> Attempt.answered(
                    record(sending, latest -> latest.operated(sent.deferred(now.plus(retryAfter)))));
            case Execution.Unknown(String why) -> Attempt.unanswered(
                    record(sending, latest -> latest.operated(sent.unanswered(now))));
        };
    }

    private static Instance accepted(Instance latest, Operation accepted, Instant now) {
        return switch (accepted.kind()) {
            case START, STOP -> latest.operated(accepted);
            case REBOOT -> latest.operated(accepted.done(), latest.machine().orElseThrow(), now);
            case RESIZE -> latest.resized(accepted, now);
        };
    }

    private Attempt look(Instance instance, Operation operation, Instant deadline) {
        Instant now = clock.instant();
        return switch (provider.look(instance.machine().orElseThrow().providerId())) {
            case Sighting.Present(Machine seen) when operation.showsIn(seen) ->
                Attempt.answered(shown(instance, operation, seen));
            case Sighting.Present(Machine seen) -> notShown(instance, operation, seen, deadline);
            case Sighting.Absent() -> operation.isGivenUp(now)
                    ? fail(instance, operation, "machine_missing")
                    : Attempt.answered(later(instance, operation, now));
            case Sighting.Unavailable(String why) -> Attempt.unanswered(later(instance, operation, now));
        };
    }

    /** A resize whose answer was lost has happened after all: the lease follows it. */
    private Instance shown(Instance instance, Operation operation, Machine seen) {
        Instant now = clock.instant();
        if (operation.kind() != OperationKind.RESIZE || operation.phase() == OperationPhase.ACCEPTED) {
            return save(instance, instance.operated(operation.done(), seen, now));
        }
        Instance resized = instance.resized(operation.accepted(Optional.empty(), now), now);
        return store.save(resized)
                ? save(resized, resized.operated(operation.done(), seen, now))
                : current(instance.id());
    }

    private Attempt notShown(Instance instance, Operation operation, Machine seen, Instant deadline) {
        Instant now = clock.instant();
        if (operation.isGivenUp(now)) {
            String code = operation.kind() == OperationKind.RESIZE ? "not_carried_out" : "power_unchanged";
            return Attempt.answered(save(instance, instance.seen(operation.failed(code), seen)));
        }
        boolean lost = operation.phase() == OperationPhase.SENT && operation.kind().isRepeatable();
        return lost && !now.isBefore(operation.sentAt().plus(BEFORE_REPEATING))
                ? send(instance, operation, deadline)
                : Attempt.answered(later(instance, operation, now));
    }

    private Attempt fail(Instance instance, Operation operation, String code) {
        return Attempt.answered(save(instance, instance.operated(operation.failed(code))));
    }

    /** Asking more often than planned is no reason to write. */
    private Instance later(Instance instance, Operation operation, Instant now) {
        return now.isBefore(operation.nextLookAt())
                ? instance
                : save(instance, instance.operated(operation.lookedFor(now)));
    }

    /**
     * Writes down what the provider said. Its answer must not be lost because an extension came meanwhile, so the change is made
     * to whatever the row says now; a machine whose end was decided is not changed any more.
     */
    private Instance record(Instance sending, UnaryOperator<Instance> change) {
        Operation sent = sending.operation().orElseThrow();
        Instance latest = sending;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (latest.pendingOperation().filter(sent::is).isEmpty()) {
                return latest;
            }
            Instance next = change.apply(latest);
            if (store.save(next)) {
                return next;
            }
            latest = current(sending.id());
        }
        return latest;
    }

    private Instance save(Instance instance, Instance next) {
        return store.save(next) ? next : current(instance.id());
    }

    private Instance current(InstanceId id) {
        return store.find(id).orElseThrow();
    }
}
