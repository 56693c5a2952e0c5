package io.x402compute.instance;

import java.time.Instant;
import java.util.Optional;

/**
 * What an instance knows of its root password.
 *
 * @param sealed from the first order to the provider until it is revealed or the machine's end is decided
 * @param revealedAt once it was revealed
 */
public record OneTimePassword(Optional<SealedPassword> sealed, Optional<Instant> revealedAt) {
    /** Not made yet, or never to be: the machine takes a key. */
    public static final OneTimePassword NONE = new OneTimePassword(Optional.empty(), Optional.empty());

    OneTimePassword made(SealedPassword password) {
        return new OneTimePassword(Optional.of(password), Optional.empty());
    }

    OneTimePassword revealed(Instant now) {
        return new OneTimePassword(Optional.empty(), Optional.of(now));
    }

    OneTimePassword erased() {
        return new OneTimePassword(Optional.empty(), revealedAt);
    }
}
