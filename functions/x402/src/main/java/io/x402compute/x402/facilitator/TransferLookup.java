package io.x402compute.x402.facilitator;

import io.x402compute.x402.protocol.Payment;

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

        /** The payee has received exactly this payment, in that transaction. */
        record Moved(String transaction) implements TransferEvidence {}

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
