package io.x402compute.x402.facilitator;

import java.util.Optional;

import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Usdc;

/** Reads the chain for the truth about one payment's transfer, whoever may have broadcast it. */
public interface TransferLookup {

    TransferEvidence find(Payment payment);

    /**
     * The same of a payment whose settlement was prepared, where the handle tells more: on Solana, until when it can happen.
     */
    default TransferEvidence find(Payment payment, SettlementHandle handle) {
        return find(payment);
    }

    /** What the chain shows. */
    sealed interface TransferEvidence {

        /**
         * The payee has received exactly this payment, in that transaction.
         *
         * @param metered how much of it, where the payer has signed no more than the most (scheme {@code upto}), whatever
         *     was asked for
         */
        record Moved(String transaction, Optional<Usdc> metered) implements TransferEvidence {

            /** That of a payment that is taken whole. */
            public Moved(String transaction) {
                this(transaction, Optional.empty());
            }
        }

        /**
         * The payee has not received it.
         *
         * @param stillPossible false once the authorization has expired on the chain's own clock or was cancelled, or
         *     the chain has forgotten the block that its transaction is bound to
         */
        record NotMoved(boolean stillPossible) implements TransferEvidence {}

        /** The chain could not be read: says nothing. */
        record Unreadable(String why) implements TransferEvidence {}
    }
}
