package io.x402compute.x402.facilitator;

import java.util.Optional;

import io.x402compute.x402.protocol.Usdc;

/** What became of a settlement. */
public sealed interface Settlement {

    /**
     * The transfer is on the chain, and it is the one that was asked for.
     *
     * @param transaction its hash; empty where nothing was to be taken
     * @param metered how much was taken, where the payer has signed no more than the most (scheme {@code upto})
     */
    record Settled(String transaction, Optional<Usdc> metered) implements Settlement {

        /** That of a payment that is taken whole. */
        public Settled(String transaction) {
            this(transaction, Optional.empty());
        }
    }

    /**
     * The facilitator says no. That is not proof that nothing moved: anyone may broadcast an authorization, and a used nonce
     * may have been used for us.
     *
     * @param transaction the failed transaction's hash, or empty where none was sent
     */
    record Refused(String reason, String message, String transaction) implements Settlement {}

    /** Not known: timed out, not mined yet, or unreachable. Neither success nor failure. */
    record Unknown(String transaction, String why) implements Settlement {}

    /**
     * This handle can never settle any more, because its transaction's number was used by another. The payment itself may be
     * settled under a new handle.
     */
    record Outnumbered(String why) implements Settlement {}
}
