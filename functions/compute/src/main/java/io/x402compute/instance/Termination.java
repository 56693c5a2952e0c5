package io.x402compute.instance;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the end of a machine has come.
 *
 * @param outcome the final state it leads to
 * @param reason a machine code
 * @param askedAt when the end was decided: what the owner sees as {@code destroyed_at}
 * @param attempts how often deletion was asked for
 * @param nextAttemptAt when it is to be asked for, or looked for, again
 * @param accepted whether the provider has said that it deletes the machine: then it is looked for and not asked again, until
 *     it is seen to be still there
 * @param firstAbsentAt when it was first seen to be gone; one look is not enough
 * @param unused the prepaid time that was left; empty for a machine that failed to come up, whose orders are owed back whole
 */
public record Termination(
        InstanceState outcome,
        String reason,
        Instant askedAt,
        int attempts,
        Instant nextAttemptAt,
        boolean accepted,
        Optional<Instant> firstAbsentAt,
        Optional<UnusedTime> unused) {

    static Termination decided(InstanceState outcome, String reason, Instant now, Optional<UnusedTime> unused) {
        return new Termination(outcome, reason, now, 0, now, false, Optional.empty(), unused);
    }

    /** Whether unused time still has to be given back. */
    boolean owes() {
        return unused.filter(UnusedTime::owed).isPresent();
    }

    Termination givenBack() {
        return new Termination(outcome, reason, askedAt, attempts, nextAttemptAt, accepted, firstAbsentAt,
                unused.map(UnusedTime::givenBack));
    }

    Termination asked(Instant next) {
        return new Termination(outcome, reason, askedAt, attempts + 1, next, false, Optional.empty(), unused);
    }

    Termination accepted(Instant now) {
        return new Termination(outcome, reason, askedAt, attempts, now, true, Optional.empty(), unused);
    }

    Termination putOff(Instant next) {
        return new Termination(outcome, reason, askedAt, attempts + 1, next, accepted, firstAbsentAt, unused);
    }

    /** A machine is known of now: that none was found before says nothing about this one. */
    Termination found() {
        return new Termination(outcome, reason, askedAt, attempts, nextAttemptAt, accepted, Optional.empty(), unused);
    }

    Termination absent(Instant first, Instant nextLook) {
        return new Termination(outcome, reason, askedAt, attempts, nextLook, true, Optional.of(first), unused);
    }
}
