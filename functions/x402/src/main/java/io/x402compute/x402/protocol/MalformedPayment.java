package io.x402compute.x402.protocol;

/** Leaves the decoder at the first thing that is wrong. Never leaves this package. */
final class MalformedPayment extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    MalformedPayment(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
