package io.x402compute.facilitation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.x402.protocol.PaymentKey;

/** Where they are kept. Every write is conditional; there is no delete. */
public interface Facilitations {

    /** Strongly consistent. */
    Optional<Facilitation> find(PaymentKey key);

    /**
     * Takes a payment in, whichever function it is presented to.
     *
     * @return what holds it already; empty when this one does now
     */
    Optional<Facilitation> insert(Facilitation fresh);

    /** Writes the next state; false when somebody else has written since: read again, do nothing outside. */
    boolean save(Facilitation next);

    /** Keys of those whose time to be looked at has come, oldest first. */
    List<PaymentKey> due(Instant now);
}
