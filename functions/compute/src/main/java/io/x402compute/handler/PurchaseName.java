package io.x402compute.handler;

import java.util.Optional;

import io.x402compute.http.ApiException;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.x402.extension.PaymentIdentifier;
import io.x402compute.x402.extension.PaymentIdentifier.Reading;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.PaymentPayload;

/** By what a client knows its purchase again: the name it put into its payment is a key like that of the header. */
final class PurchaseName {
    private PurchaseName() {}

    /**
     * The key to buy under.
     *
     * @param header the key that the request comes with
     * @throws ApiException 400 {@code invalid_payment_identifier} for a name of the wrong form, {@code two_idempotency_keys} for one
     *     that is not that of the header: one purchase cannot have two
     */
    static Optional<IdempotencyKey> of(Optional<IdempotencyKey> header, DecodedPayment payment) {
        Optional<IdempotencyKey> named = payment instanceof DecodedPayment.Decoded(PaymentPayload payload)
                ? named(payload)
                : Optional.empty();
        if (named.isPresent() && header.isPresent() && !named.equals(header)) {
            throw ApiException.badRequest("two_idempotency_keys",
                    "%s and the payment's %s must be the same, or one of them be left out"
                            .formatted(IdempotencyKey.HEADER, PaymentIdentifier.KEY));
        }
        return named.or(() -> header);
    }

    private static Optional<IdempotencyKey> named(PaymentPayload payment) {
        return switch (PaymentIdentifier.of(payment)) {
            case Reading.Unnamed() -> Optional.empty();
            case Reading.Named(String id) -> Optional.of(new IdempotencyKey(id));
            case Reading.Malformed() -> throw ApiException.badRequest("invalid_payment_identifier",
                    PaymentIdentifier.KEY + " must have 16 to 128 letters, digits, _ or -");
        };
    }
}
