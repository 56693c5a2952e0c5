package io.x402compute.x402.protocol;

import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The headers of the payment exchange, and reading a payment out of them. Version 2 sends {@code PAYMENT-SIGNATURE}, version
 * 1 {@code X-PAYMENT}; a version 2 payment in the old header is taken as what it is.
 */
public final class PaymentHeaders {
    /** The offer of a 402, version 2. Version 1 puts it in the body. */
    public static final String PAYMENT_REQUIRED = "PAYMENT-REQUIRED";
    /** The payment, version 2. */
    public static final String PAYMENT_SIGNATURE = "PAYMENT-SIGNATURE";
    /** The receipt, version 2. */
    public static final String PAYMENT_RESPONSE = "PAYMENT-RESPONSE";
    /** The payment, version 1. */
    public static final String X_PAYMENT = "X-PAYMENT";
    /** The receipt, version 1. */
    public static final String X_PAYMENT_RESPONSE = "X-PAYMENT-RESPONSE";

    /** Well above the 10,240 bytes that API Gateway lets through; keeps other callers' work bounded. */
    static final int MAX_LENGTH = 16 * 1024;

    private PaymentHeaders() {}

    /**
     * Reads the payment of a request. Whatever the headers hold, the answer is a value: this never throws.
     *
     * @param schemes that are offered: a payment of another one is unsupported, not unmatched
     */
    public static DecodedPayment decode(Optional<String> paymentSignature, Optional<String> xPayment,
            Set<String> schemes) {
        if (paymentSignature.isPresent() && xPayment.isPresent()) {
            return new DecodedPayment.TwoPayments();
        }
        if (paymentSignature.isPresent()) {
            return decode(paymentSignature.get(), 2, schemes);
        }
        return xPayment.map(value -> decode(value, 1, schemes)).orElseGet(DecodedPayment.None::new);
    }

    /** The same for those who take the scheme {@code exact} and no other. */
    public static DecodedPayment decode(Optional<String> paymentSignature, Optional<String> xPayment) {
        return decode(paymentSignature, xPayment, Set.of(PaymentRequirements.EXACT));
    }

    private static DecodedPayment decode(String value, int oldestVersion, Set<String> schemes) {
        if (value.indexOf(',') >= 0) {
            return new DecodedPayment.TwoPayments();
        }
        if (value.length() > MAX_LENGTH) {
            return new DecodedPayment.Malformed(Reasons.INVALID_PAYLOAD);
        }
        try {
            ObjectNode json = WireJson.parseHeader(value)
                    .orElseThrow(() -> new MalformedPayment(Reasons.INVALID_PAYLOAD));
            return new DecodedPayment.Decoded(PayloadDecoder.decode(json, oldestVersion, schemes));
        } catch (MalformedPayment malformed) {
            return new DecodedPayment.Malformed(malformed.reason());
        }
    }
}
