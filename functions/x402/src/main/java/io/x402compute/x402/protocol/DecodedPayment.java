package io.x402compute.x402.protocol;

/** What the payment headers of a request hold. */
public sealed interface DecodedPayment {

    /** No payment header at all. */
    record None() implements DecodedPayment {}

    /**
     * A header that is no payment we could take.
     *
     * @param reason one of {@link Reasons}
     */
    record Malformed(String reason) implements DecodedPayment {}

    /** More than one payment: both headers, or one header sent twice (which gateways join with a comma). */
    record TwoPayments() implements DecodedPayment {}

    record Decoded(PaymentPayload payload) implements DecodedPayment {}
}
