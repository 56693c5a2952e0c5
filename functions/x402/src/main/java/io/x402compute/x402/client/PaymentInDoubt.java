package io.x402compute.x402.client;

import java.io.IOException;

import io.x402compute.x402.protocol.PaymentPayload;

/**
 * The payment has left and no answer came back: the seller may have it or not. Give {@link #payment} to
 * {@link PayingClient#pay} to find out; a new payment for the same thing could be a second one.
 */
public final class PaymentInDoubt extends IOException {
    private static final long serialVersionUID = 1;

    private final transient PaymentPayload payment;

    PaymentInDoubt(PaymentPayload payment, IOException cause) {
        super("no answer to a request that carried a payment", cause);
        this.payment = payment;
    }

    public PaymentPayload payment() {
        return payment;
    }
}
