package io.x402compute.x402.client;

import java.net.http.HttpResponse;
import java.util.Optional;

import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.SettlementResponse;

/** What a seller's answer says of the payment that was sent. */
public enum Verdict {
    /** Taken, for good. */
    PAID,
    /** Not known yet: ask again. */
    PENDING,
    /** Not taken, this time. */
    REFUSED;

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int REDIRECTION = 300;
    private static final int TIMEOUT = 408;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    /** The receipt counts for more than the status: a failure to deliver can be paid, and a success pending. */
    static Verdict of(HttpResponse<byte[]> response) {
        Optional<SettlementResponse> receipt = receipt(response);
        if (receipt.isPresent()) {
            return of(receipt.get());
        }
        return of(response.statusCode(), response.headers().firstValue("Retry-After").isPresent());
    }

    static Optional<SettlementResponse> receipt(HttpResponse<byte[]> response) {
        return response.headers().firstValue(PaymentHeaders.PAYMENT_RESPONSE)
                .or(() -> response.headers().firstValue(PaymentHeaders.X_PAYMENT_RESPONSE))
                .flatMap(SettlementResponse::decode);
    }

    private static Verdict of(SettlementResponse receipt) {
        if (receipt.success()) {
            return PAID;
        }
        return receipt.isPending() ? PENDING : REFUSED;
    }

    private static Verdict of(int status, boolean toBeAskedAgain) {
        if (status >= OK && status < REDIRECTION) {
            return status == ACCEPTED && toBeAskedAgain ? PENDING : PAID;
        }
        boolean passes = status == TIMEOUT || status == TOO_EARLY || status == TOO_MANY || status >= SERVER_ERROR;
        return passes ? PENDING : REFUSED;
    }
}
