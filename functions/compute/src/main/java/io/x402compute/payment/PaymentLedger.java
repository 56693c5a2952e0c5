package io.x402compute.payment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.x402.protocol.PaymentKey;

/** Where claims are kept. Every write is conditional; there is no delete. */
public interface PaymentLedger {

    /** Strongly consistent. */
    Optional<Claim> find(PaymentKey key);

    /** Binds the payment to its order, unless it is bound already. */
    ClaimResult claim(Claim fresh);

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
    }
}
