package io.x402compute.simulation.actor;

import java.util.Optional;

import io.x402compute.http.IdempotencyKey;
import io.x402compute.x402.protocol.Payment;

/** How somebody pays. */
public sealed interface Means {

    /**
     * With a transfer.
     *
     * @param name under which it is bought, whatever it is paid with; empty under none
     */
    record Signed(Payment payment, Optional<IdempotencyKey> name) implements Means {}

    /** With credit, for the write of that name. */
    record Credit(IdempotencyKey name) implements Means {}
}
