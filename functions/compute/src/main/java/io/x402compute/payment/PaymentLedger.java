package io.x402compute.payment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.idempotency.KeyUse;
import io.x402compute.idempotency.RequestKey;
import io.x402compute.x402.protocol.PaymentKey;

/** Where claims are kept. Every write is conditional; there is no delete. */
public interface PaymentLedger {

    /** Strongly consistent. */
    Optional<Claim> find(PaymentKey key);

    /** Binds the payment to its order, unless it is bound already. */
    ClaimResult claim(Claim fresh);

    /**
     * What that key was used for, strongly consistent. An order goes by its payment key.
     *
     * @param now keys of anything but orders are forgotten after a day
     */
    KeyUse use(RequestKey key, Instant now);

    /**
     * As {@link #claim(Claim)}, and binds the key to the order with the same write, so that it buys no other.
     *
     * @param instead the refused claim that the key has bought so far, which is {@link Claim#replaced} by the fresh one; empty
     *     where the key must not have been used
     */
    ClaimResult claim(Claim fresh, RequestKey key, Optional<Claim> instead);

    /**
     * Writes the next state of a claim.
     *
     * @return false when somebody else has written since: read again, do nothing outside
     */
    boolean save(Claim next);

    /** Keys of claims whose time to be looked at has come, oldest first. */
    List<PaymentKey> due(Instant now);

    /** Who holds the payment now. */
    sealed interface ClaimResult {

        record Claimed(Claim claim) implements ClaimResult {}

        record AlreadyClaimed(Claim existing) implements ClaimResult {}

        /** The key is not what it was thought to be: somebody else is buying under it at this very moment. */
        record KeyTaken() implements ClaimResult {}
    }
}
