package io.x402compute.handler;

import java.util.Optional;
import java.util.stream.Stream;

import io.x402compute.access.Authenticator;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.Wallet;

/**
 * A request's wish to be paid with credit.
 *
 * @param payer whose credit
 * @param name by which the request is known if it is sent again
 */
record CreditUse(Wallet payer, IdempotencyKey name) {
    /** The field of a request's body, true or false. */
    static final String FIELD = "use_credits";

    /**
     * Reads what is beside the body. A signed request without a name goes by its nonce, under which it can be named later.
     *
     * @param payer who sends it
     * @throws ApiException 400 {@code two_payments} when it comes with another payment, {@code idempotency_key_required} when it
     *     has neither a name nor a nonce
     */
    static CreditUse of(ApiRequest request, Wallet payer) {
        IdempotencyKey name = name(request)
                .orElseThrow(() -> ApiException.badRequest("idempotency_key_required",
                        FIELD + " with an API key takes an " + IdempotencyKey.HEADER));
        return new CreditUse(payer, name);
    }

    /**
     * As the other, of a purchase so small that a request without a name is another one each time it is sent.
     *
     * @throws ApiException 400 {@code two_payments} when it comes with another payment
     */
    static CreditUse ofCall(ApiRequest request, Wallet payer) {
        // What the gateway calls it, which nobody else calls anything.
        return new CreditUse(payer,
                name(request).orElseGet(() -> new IdempotencyKey("request " + request.requestId())));
    }

    private static Optional<IdempotencyKey> name(ApiRequest request) {
        if (hasPayment(request)) {
            throw ApiException.badRequest("two_payments", "Send a payment, or " + FIELD + ", not both");
        }
        return request.idempotencyKey().or(() -> Authenticator.nonce(request).map(IdempotencyKey::new));
    }

    static boolean hasPayment(ApiRequest request) {
        return Stream.of(PaymentHeaders.PAYMENT_SIGNATURE, PaymentHeaders.X_PAYMENT, HashProofs.PROOF)
                .anyMatch(name -> request.header(name).isPresent());
    }
}
