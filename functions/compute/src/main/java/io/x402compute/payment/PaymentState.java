package io.x402compute.payment;

/** How far a claimed payment has come. The arrows between the states are the methods of {@link Claim}. */
public enum PaymentState {
    /** Bound to its order; nothing has been sent. */
    CLAIMED,
    /** What it is to buy is being done before the money is asked for. */
    RUNNING,
    /** That is done and kept back; nothing has been sent. */
    RAN,
    /** That came to nothing, and the money is not asked for. Read once more when the payment can no longer be used. */
    RUN_FAILED,
    /** The settlement's handle is stored and its transfer may be out. */
    SETTLING,
    /** Nobody could say whether the transfer happened: resolved by reading the chain, never taken for a failure. */
    SETTLE_UNKNOWN,
    /** The chain shows that nothing moved. Read once more when the payment can no longer be used. */
    SETTLE_REFUSED,
    /** The money is ours; what it bought is owed. */
    SETTLED,
    /** What it bought was delivered. */
    FULFILLED,
    /** The money is ours and what it bought will not be delivered: it is owed back. */
    REFUND_DUE,
    /** Given back as credit. */
    CREDITED,
    /** The transfer that gives it back is signed and may be out. */
    REFUNDING,
    /** Nobody could say whether that transfer happened, or it has not yet: tried until it has. */
    REFUND_UNKNOWN,
    /** Given back on the chain. */
    REFUNDED;

    /** Whether nobody owes anybody anything any more. */
    public boolean isFinal() {
        return this == FULFILLED || this == CREDITED || this == REFUNDED;
    }

    /** Whether the payer's money has reached us, whatever became of it since. */
    public boolean isPaid() {
        return switch (this) {
            case SETTLED, FULFILLED, REFUND_DUE, CREDITED, REFUNDING, REFUND_UNKNOWN, REFUNDED -> true;
            case CLAIMED, RUNNING, RAN, RUN_FAILED, SETTLING, SETTLE_UNKNOWN, SETTLE_REFUSED -> false;
        };
    }
}
