package io.x402compute.payment;

import java.time.Instant;
import java.util.Optional;

/** Which transaction numbers of a signer have been handed out. */
public interface TakenNumbers {

    /**
     * Since when a number that was handed out has been seen to hold up the others: since the first time this was asked of it.
     *
     * @param signer as in {@link io.x402compute.x402.facilitator.SignerNonces}
     * @return empty for a number that was not handed out yet
     */
    Optional<Instant> waitedForSince(String signer, long number);
}
