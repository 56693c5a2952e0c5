package io.x402compute.x402.client;

import java.net.http.HttpResponse;
import java.util.Optional;

import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SettlementResponse;

/**
 * The last answer to a request, and what was paid for it.
 *
 * @param response the seller's answer; a 402 here was either not payable with this wallet or refused the payment
 * @param paid the terms that were signed; empty when nothing was, or when an older payment was sent again
 * @param payment the payment that was sent; sending it again can never cost twice
 * @param receipt what the seller says became of it; the seller's word only
 */
public record PaidResponse(
        HttpResponse<byte[]> response,
        Optional<PaymentRequirements> paid,
        Optional<PaymentPayload> payment,
        Optional<SettlementResponse> receipt) {

    static PaidResponse of(HttpResponse<byte[]> response, Optional<PaymentRequirements> paid,
            Optional<PaymentPayload> payment) {
        Optional<SettlementResponse> receipt = response.headers().firstValue(PaymentHeaders.PAYMENT_RESPONSE)
                .or(() -> response.headers().firstValue(PaymentHeaders.X_PAYMENT_RESPONSE))
                .flatMap(SettlementResponse::decode);
        return new PaidResponse(response, paid, payment, receipt);
    }

    /** The seller has the payment and does not know yet whether the money moved: ask again with the same payment. */
    public boolean isPending() {
        return receipt.filter(SettlementResponse::isPending).isPresent();
    }
}
