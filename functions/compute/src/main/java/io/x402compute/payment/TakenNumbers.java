package io.x402compute.payment;

import java.time.Instant;
import java.util.Optional;

/** Which transaction numbers of a signer have been handed out. */
public interface TakenNumbers {

    /**
     * When a number was last handed out, if any from this one on have been.
     *
     * @param signer as in {@link io.x402compute.x402.facilitator.SignerNonces}
     */
    Optional<Instant> lastTaken(String signer, long fromNumber);
}
