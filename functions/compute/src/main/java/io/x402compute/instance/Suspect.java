package io.x402compute.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A machine at the provider that has been seen without a row that allows it.
 *
 * @param instance that it was made for, if that can be told
 * @param firstSeenAt when it was first seen to be without
 * @param condemnedAt since when its deletion is asked for on every pass
 */
public record Suspect(
        MachineKind kind,
        String providerId,
        Optional<InstanceId> instance,
        OrphanReason reason,
        Instant firstSeenAt,
        Optional<Instant> condemnedAt) {
    /** Longer than an order may be under way and a lost machine be searched for, and longer than a pass may be late. */
    static final Duration GRACE = Duration.ofMinutes(15);

    static Suspect of(ListedMachine machine, OrphanReason reason, Instant now) {
        return new Suspect(machine.kind(), machine.providerId(), machine.instance(), reason, now, Optional.empty());
    }

    Suspect seenAgain(OrphanReason now) {
        return new Suspect(kind, providerId, instance, now, firstSeenAt, condemnedAt);
    }

    Suspect condemned(Instant now) {
        return new Suspect(kind, providerId, instance, reason, firstSeenAt, Optional.of(now));
    }

    boolean isCondemned() {
        return condemnedAt.isPresent();
    }

    /** Whether its grace is over and it has not been condemned yet. */
    boolean isDue(Instant now) {
        return !isCondemned() && !now.isBefore(firstSeenAt.plus(GRACE));
    }
}
