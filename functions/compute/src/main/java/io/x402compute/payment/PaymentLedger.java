package io.x402compute.payment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.idempotency.KeyUse;
import io.x402compute.idempotency.RequestKey;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Wallet;

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
     * What is on a payer's tab: the payment whose order was the last to be begun before it was settled, strongly consistent. Empty
     * if there never was one; how far it is by now is told by its claim.
     */
    Optional<PaymentKey> onTab(Wallet payer);

    /**
     * As {@link #claim(Claim, RequestKey, Optional)}, under a key or not, and puts it on its payer's tab with the same write.
     *
     * @param before what was seen there: there is one at a time, so it has to be seen to be over
     */
    ClaimResult claimOnTab(Claim fresh, Optional<RequestKey> key, Optional<Claim> instead, Optional<PaymentKey> before);

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

        /** Something else was put on the payer's tab at this very moment. */
        record TabTaken() implements ClaimResult {}
    }
}
