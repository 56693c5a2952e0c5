package io.x402compute.instance;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What an instance knows of its root password.
 *
 * @param sealed from the first order to the provider until it is revealed or the machine's end is decided
 * @param revelation once it was revealed
 */
public record OneTimePassword(Optional<SealedPassword> sealed, Optional<Revelation> revelation) {
    /** Not made yet, or never to be: the machine takes a key. */
    public static final OneTimePassword NONE = new OneTimePassword(Optional.empty(), Optional.empty());

    /**
     * When it was revealed, and to which request: two at the same moment must not write the same row, or both would believe
     * that they have written it.
     */
    public record Revelation(Instant at, UUID request) {}

    OneTimePassword made(SealedPassword password) {
        return new OneTimePassword(Optional.of(password), Optional.empty());
    }

    OneTimePassword revealed(Revelation how) {
        return new OneTimePassword(Optional.empty(), Optional.of(how));
    }

    OneTimePassword erased() {
        return new OneTimePassword(Optional.empty(), revelation);
    }
}
