package io.x402compute.local.client;

import java.net.http.HttpResponse;
import java.util.Optional;

import io.x402compute.x402.client.Purchase;
import io.x402compute.x402.client.SignedPayment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.SettlementResponse;
import io.x402compute.x402.protocol.Usdc;

/**
 * The last answer to a request, and what was paid for it.
 *
 * @param paid the amount of the payment that was sent with it
 * @param receipt what the seller says became of it
 */
public record PaidResponse(
        HttpResponse<byte[]> response,
        Optional<Usdc> paid,
        Optional<PaymentPayload> payment,
        Optional<SettlementResponse> receipt) {

    /** @throws IllegalStateException when there was no answer, or the price was over the limit */
    static PaidResponse of(Purchase purchase) {
        return switch (purchase) {
            case Purchase.NothingAsked(var response) -> unpaid(response);
            case Purchase.Unpayable(var response) -> unpaid(response);
            case Purchase.Paid(var response, var payment, var receipt) -> sent(response, payment, receipt);
            case Purchase.Pending(var response, var payment) -> sent(response, payment, Optional.empty());
            case Purchase.Refused(var response, var payment, var inDoubt) -> sent(response, payment, Optional.empty());
            case Purchase.OverLimit(var response, var price, var left) ->
                throw new IllegalStateException("asked for " + price + ", may pay " + left);
            case Purchase.Unanswered(var payment, var cause) ->
                throw new IllegalStateException("no answer to a payment of " + payment, cause);
        };
    }

    private static PaidResponse unpaid(HttpResponse<byte[]> response) {
        return new PaidResponse(response, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static PaidResponse sent(HttpResponse<byte[]> response, SignedPayment payment,
            Optional<SettlementResponse> receipt) {
        return new PaidResponse(response, Optional.of(payment.amount()), Optional.of(payment.payload()), receipt);
    }
}
