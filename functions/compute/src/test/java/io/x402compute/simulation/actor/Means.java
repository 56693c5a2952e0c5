package io.x402compute.simulation.actor;

import io.x402compute.http.IdempotencyKey;
import io.x402compute.x402.protocol.Payment;

/** How somebody pays. */
public sealed interface Means {

    record Signed(Payment payment) implements Means {}

    /** With credit, for the write of that name. */
    record Credit(IdempotencyKey name) implements Means {}
}
