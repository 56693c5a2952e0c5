package io.x402compute.instance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

import io.x402compute.instance.MachineProvider.Search;
import io.x402compute.instance.MachineProvider.Sighting;

/**
 * Ends machines for certain. Deletion is a wish that is written down first and repeated until the machine is observed to be
 * gone: an accepted deletion proves nothing, and neither does a single look.
 */
public final class InstanceTerminator {
    /** Younger than this, a machine that does not show may only be not listed yet. */
    static final Duration VISIBLE_BY = Duration.ofMinutes(2);
    /** Between the two looks that prove absence. */
    static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    private final InstanceStore store;
    private final MachineProvider provider;
    private final Clock clock;

    public InstanceTerminator(InstanceStore store, MachineProvider provider, Clock clock) {
        this.store = store;
        this.provider = provider;
        this.clock = clock;
    }

    /**
     * Ends a live machine and asks the provider once; an instance that is ending or gone stays as it is.
     *
     * @param outcome the final state this leads to
     */
    public Instance end(Instance instance, InstanceState outcome, String reason) {
        return end(instance, outcome, reason, latest -> true);
    }

    /** Ends a live machine whose time is over, and asks the provider once; one that was extended meanwhile lives on. */
    public Instance expire(Instance instance) {
        return end(instance, InstanceState.EXPIRED, "lease_over", latest -> latest.isOver(clock.instant()));
    }

    private Instance end(Instance instance, InstanceState outcome, String reason, Predicate<Instance> still) {
        Instance latest = instance;
        while (latest.state().isLive() && still.test(latest)) {
            Instance ending = latest.terminating(outcome, reason, clock.instant());
            if (store.save(ending)) {
                return pursue(ending);
            }
            latest = store.find(instance.id()).orElseThrow();
        }
        return latest;
    }

    /** One step towards the end of a machine that is {@link InstanceState#TERMINATING}. */
    public Instance pursue(Instance ending) {
        return ending.machine().map(machine -> delete(ending, machine)).orElseGet(() -> deleteUnseen(ending));
    }

    private Instance delete(Instance ending, Machine machine) {
        if (ending.termination().orElseThrow().firstAbsentAt().isEmpty()) {
            provider.delete(machine.providerId());
        }
        return switch (provider.look(machine.providerId())) {
            case Sighting.Present(Machine still) -> save(ending, ending.deletionAsked(nextAttempt(ending)));
            case Sighting.Unavailable(String why) -> save(ending, ending.deletionAsked(nextAttempt(ending)));
            case Sighting.Absent() -> absent(ending, machine.createdAt().plus(VISIBLE_BY));
        };
    }

    /** The provider's id was never learnt, so the machine is looked for by the operation it would have been made under. */
    private Instance deleteUnseen(Instance ending) {
        CreateProgress creation = ending.creation();
        Instant now = clock.instant();
        if (now.isBefore(creation.leaseUntil())) {
            return save(ending, ending.deletionAsked(creation.leaseUntil()));
        }
        if (creation.sentAt().isEmpty()) {
            return save(ending, ending.closed());
        }
        return switch (provider.find(ending.operationId())) {
            case Search.Unavailable(String why) -> save(ending, ending.deletionAsked(nextAttempt(ending)));
            case Search.Found(List<Machine> none) when none.isEmpty() -> absent(ending,
                    creation.sentAt().get().plus(VISIBLE_BY));
            case Search.Found(List<Machine> machines) -> {
                machines.forEach(machine -> provider.delete(machine.providerId()));
                yield save(ending, ending.created(machines.getFirst()));
            }
        };
    }

    private Instance absent(Instance ending, Instant believableFrom) {
        Instant now = clock.instant();
        if (now.isBefore(believableFrom)) {
            return save(ending, ending.deletionAsked(believableFrom));
        }
        Instant firstAbsent = ending.termination().orElseThrow().firstAbsentAt().orElse(now);
        boolean proven = !now.isBefore(firstAbsent.plus(BETWEEN_LOOKS));
        return save(ending, proven ? ending.closed() : ending.absent(firstAbsent, firstAbsent.plus(BETWEEN_LOOKS)));
    }

    private Instance save(Instance ending, Instance next) {
        return store.save(next) ? next : store.find(ending.id()).orElse(ending);
    }

    private Instant nextAttempt(Instance ending) {
        int attempts = Math.min(ending.termination().orElseThrow().attempts(), 6);
        Duration wait = FIRST_RETRY.multipliedBy(1L << attempts);
        return clock.instant().plus(wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY);
    }
}
