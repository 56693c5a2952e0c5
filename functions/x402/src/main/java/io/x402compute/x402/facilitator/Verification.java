package io.x402compute.x402.facilitator;

import io.x402compute.x402.evm.Rejection;
import io.x402compute.x402.solana.SvmRefusal;

/** What a facilitator says of a payment that has not been settled. */
public sealed interface Verification {

    /** It would settle. */
    record Verified(String payer) implements Verification {}

    /**
     * It would not settle.
     *
     * @param reason a protocol reason, such as {@code invalid_exact_evm_payload_authorization_valid_before}
     * @param message for people; may be empty
     */
    record Rejected(String reason, String message) implements Verification {
        static Rejected of(Rejection rejection) {
            return new Rejected(rejection.reason(), rejection.message());
        }

        static Rejected of(SvmRefusal refusal) {
            return new Rejected(refusal.reason(), refusal.message());
        }
    }

    /** Nobody could be asked: says nothing about the payment. */
    record Unavailable(String why) implements Verification {}
}
