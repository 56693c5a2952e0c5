package io.x402compute.x402.protocol;

/**
 * A payment beside the terms it is to be judged by.
 *
 * @param payload what the client sent
 * @param requirements our own offer: never the client's copy of it
 */
public record Payment(PaymentPayload payload, PaymentRequirements requirements) {

    public String payer() {
        return payload.payer();
    }

    /** The replay primitive of the underlying transfer: the same for every encoding and version. */
    public PaymentKey key() {
        return PaymentKey.of(payload.schemePayload(), requirements);
    }
}
