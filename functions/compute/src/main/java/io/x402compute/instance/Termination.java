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
 * @param firstAbsentAt when it was first seen to be gone; one look is not enough
 */
public record Termination(
        InstanceState outcome,
        String reason,
        Instant askedAt,
        int attempts,
        Instant nextAttemptAt,
        Optional<Instant> firstAbsentAt) {}
