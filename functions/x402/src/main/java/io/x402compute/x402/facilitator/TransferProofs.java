package io.x402compute.x402.facilitator;

import java.time.Instant;

import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.TransactionId;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/**
 * Reads the chain for what a transaction has paid. Whoever names one has signed nothing, and everybody can see it: it says that somebody has
 * paid, never that this was for whoever tells of it.
 */
public interface TransferProofs {

    /**
     * What that transaction is worth as a payment of such an offer.
     *
     * @param offer whose network, asset and payee count, and whose amount does not
     */
    Proof find(TransactionId transaction, PaymentRequirements offer);

    /** What the chain shows. */
    sealed interface Proof {

        /**
         * It has moved that much of the asset to the payee, and will stay where it is.
         *
         * @param key that of the payment, the same if it was signed for us and then settled
         * @param payer whose money it was
         * @param time of its block
         */
        record Proven(PaymentKey key, Wallet payer, Usdc amount, Instant time) implements Proof {}

        /** It is in no block, as far as the node knows. */
        record NotFound() implements Proof {}

        /** It is in a block that may still go away. */
        record TooRecent() implements Proof {}

        /** It is no payment of this offer, and never will be. */
        record Flawed(Flaw flaw) implements Proof {}

        /** The chain could not be read: says nothing. */
        record Unreadable(String why) implements Proof {}
    }

    /** What is wrong with a transaction that was to be a payment. */
    enum Flaw {
        /** It did nothing but cost its fee. */
        FAILED("proof_transaction_failed"),
        /** It has moved something else, or called another contract. */
        OTHER_TOKEN("proof_wrong_token"), OTHER_RECIPIENT("proof_wrong_recipient"),
        /** It has called the right contract for something that is not a single transfer. */
        NO_PLAIN_TRANSFER("proof_no_plain_transfer");

        private final String reason;

        Flaw(String reason) {
            this.reason = reason;
        }

        /** For machines. */
        public String reason() {
            return reason;
        }
    }
}
