package io.x402compute.instance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.x402compute.instance.MachineProvider.Deletion;
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
    private final GiveBack giveBack;
    private final Clock clock;

    public InstanceTerminator(InstanceStore store, MachineProvider provider, GiveBack giveBack, Clock clock) {
        this.store = store;
        this.provider = provider;
        this.giveBack = giveBack;
        this.clock = clock;
    }

    /**
     * Ends a live machine and asks the provider once; an instance that is ending or gone stays as it is.
     *
     * @param outcome the final state this leads to
     */
    public Instance end(Instance instance, InstanceState outcome, String reason) {
        return decide(instance, latest -> latest.state().isLive(),
                latest -> latest.terminating(outcome, reason, clock.instant()), this::begin);
    }

    /** Ends a machine that was up and is there no more; asks the provider to delete it all the same. */
    Instance endVanished(Instance instance, Instant firstMissed) {
        return decide(instance, latest -> latest.state() == InstanceState.ACTIVE,
                latest -> latest.vanished(firstMissed, clock.instant()), this::begin);
    }

    /** Ends a live machine whose time is over, and asks the provider once; one that was extended meanwhile lives on. */
    public Instance expire(Instance instance) {
        return decide(instance, this::hasExpired, this::expiring, this::begin);
    }

    /** As {@link #expire}, without a word to the provider. */
    Instance decideExpiry(Instance instance) {
        return hasExpired(instance)
                ? decide(instance, this::hasExpired, this::expiring, decided -> decided)
                : instance;
    }

    private boolean hasExpired(Instance latest) {
        return latest.state().isLive() && latest.isOver(clock.instant());
    }

    /** One that has not come up in all its time was never delivered. */
    private Instance expiring(Instance latest) {
        if (latest.state() == InstanceState.PROVISIONING) {
            return latest.terminating(InstanceState.FAILED, FailureReason.BOOT_TIMEOUT.code(), clock.instant());
        }
        return latest.terminating(InstanceState.EXPIRED, "lease_over", clock.instant());
    }

    private Instance begin(Instance ending) {
        return pursue(giveBackUnused(ending));
    }

    private Instance decide(Instance instance, Predicate<Instance> still, UnaryOperator<Instance> decision,
            UnaryOperator<Instance> then) {
        Instance latest = instance;
        while (still.test(latest)) {
            Instance ending = decision.apply(latest);
            if (store.save(ending)) {
                return then.apply(ending);
            }
            latest = store.find(instance.id()).orElseThrow();
        }
        // The decision was made before; what it owes may have been left undone.
        return giveBackUnused(latest);
    }

    /** Gives back what was left of the prepaid time, unless that was done before. */
    Instance giveBackUnused(Instance ended) {
        if (!ended.owesUnusedTime()) {
            return ended;
        }
        ended.termination().flatMap(Termination::unused).orElseThrow().parts()
                .forEach(part -> giveBack.give(ended.owner(), part, clock.instant()));
        return save(ended, ended.unusedTimeGivenBack());
    }

    /** One step towards the end of a machine that is {@link InstanceState#TERMINATING}: asks for it, and looks. */
    public Instance pursue(Instance ending) {
        return look(ask(ending).latest()).latest();
    }

    /** Asks for its deletion, unless that was accepted or there is nothing to ask for. */
    Attempt ask(Instance ending) {
        if (ending.state() != InstanceState.TERMINATING) {
            return Attempt.answered(ending);
        }
        if (ending.machine().isEmpty()) {
            return Attempt.answered(withoutMachine(ending));
        }
        if (ending.termination().orElseThrow().accepted()) {
            return Attempt.answered(ending);
        }
        return switch (provider.delete(ending.machine().get().providerId())) {
            case Deletion.Accepted() -> Attempt.answered(save(ending, ending.deletionAccepted(clock.instant())));
            case Deletion.Busy(String _) -> Attempt.answered(save(ending, ending.deletionAsked(nextAttempt(ending))));
            case Deletion.Unavailable(String _) ->
                Attempt.unanswered(save(ending, ending.deletionAsked(nextAttempt(ending))));
        };
    }

    /** Looks whether it is gone; whatever was said to the wish, that is what counts. */
    Attempt look(Instance ending) {
        if (ending.state() != InstanceState.TERMINATING) {
            return Attempt.answered(ending);
        }
        return ending.machine().map(machine -> look(ending, machine)).orElseGet(() -> search(ending));
    }

    private Attempt look(Instance ending, Machine machine) {
        boolean accepted = ending.termination().orElseThrow().accepted();
        Instant asked = clock.instant();
        return switch (provider.look(machine.providerId())) {
            case Sighting.Absent() -> Attempt.answered(absent(ending, asked, machine.createdAt().plus(VISIBLE_BY)));
            case Sighting.Present(Machine _) -> Attempt.answered(accepted
                    ? save(ending, ending.deletionAsked(nextAttempt(ending)))
                    : ending);
            case Sighting.Unavailable(String _) -> Attempt.unanswered(accepted
                    ? save(ending, ending.lookPutOff(nextAttempt(ending)))
                    : ending);
        };
    }

    /** Waits for whoever may be ordering it now; where it was never ordered there is nothing to wait for. */
    private Instance withoutMachine(Instance ending) {
        CreateProgress creation = ending.creation();
        if (clock.instant().isBefore(creation.leaseUntil())) {
            return save(ending, ending.deletionAsked(creation.leaseUntil()));
        }
        return creation.sentAt().isEmpty() ? save(ending, ending.closed()) : ending;
    }

    /** The provider's id was never learnt, so the machine is looked for by the operation it would have been made under. */
    private Attempt search(Instance ending) {
        CreateProgress creation = ending.creation();
        Instant asked = clock.instant();
        if (asked.isBefore(creation.leaseUntil())) {
            return Attempt.answered(ending);
        }
        return switch (provider.find(ending.operationId())) {
            case Search.Unavailable(String _) ->
                Attempt.unanswered(save(ending, ending.deletionAsked(nextAttempt(ending))));
            case Search.Found(List<Machine> none) when none.isEmpty() ->
                Attempt.answered(absent(ending, asked, creation.sentAt().orElseThrow().plus(VISIBLE_BY)));
            case Search.Found(List<Machine> machines) -> {
                machines.forEach(machine -> provider.delete(machine.providerId()));
                yield Attempt.answered(save(ending, ending.created(machines.getFirst())));
            }
        };
    }

    /** An answer may have taken long: it tells of some moment since it was asked for, and so begins to count when it came. */
    private Instance absent(Instance ending, Instant asked, Instant believableFrom) {
        if (asked.isBefore(believableFrom)) {
            return save(ending, ending.lookPutOff(believableFrom));
        }
        Instant firstAbsent = ending.termination().orElseThrow().firstAbsentAt().orElse(clock.instant());
        boolean proven = !asked.isBefore(firstAbsent.plus(BETWEEN_LOOKS));
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
