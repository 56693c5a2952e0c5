package io.x402compute.handler;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiRequest;
import io.x402compute.http.Json;
import io.x402compute.order.OrderKind;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentState;
import io.x402compute.payment.Refund;
import io.x402compute.x402.protocol.Usdc;

/**
 * What a payer is told whose money moved and for whom nothing will come. A known client reads {@code details.credited} as a number,
 * which is 0 where the money goes back on the chain: that is told in {@code details.refund}.
 */
final class GivenBackJson {
    private GivenBackJson() {}

    static ObjectNode of(Claim claim, ApiRequest request) {
        Optional<Refund> refund = claim.refund();
        ObjectNode body = Json.object()
                .put("error", "What was paid for cannot be delivered (%s); %s".formatted(claim.reason(),
                        refund.map(back -> refunded(claim, back)).orElseGet(() -> credited(claim))))
                .put("code", claim.reason())
                .put("request_id", request.requestId())
                .put("order_id", claim.order().orderId().toString())
                .put("tx_hash", claim.transaction());
        ObjectNode details = body.putObject("details");
        if (OrderKind.of(claim) == OrderKind.PROVISION) {
            details.put("cleanup", "destroyed").putNull("cleanup_error");
        }
        refund.ifPresentOrElse(back -> putRefund(details, claim, back), () -> putCredit(details, claim, request));
        details.put("refund_policy_url", request.baseUrl() + GetRefundPolicy.PATH);
        return body;
    }

    private static void putRefund(ObjectNode details, Claim claim, Refund refund) {
        details.put("credited", Dollars.of(Usdc.ZERO)).putObject("refund")
                .put("status", isDone(claim) ? "refunded" : "pending")
                .put("amount_usd", Dollars.of(claim.amount()))
                .put("tx_hash", refund.transaction());
    }

    private static void putCredit(ObjectNode details, Claim claim, ApiRequest request) {
        details.put("credited", Dollars.of(claim.amount())).put("credited_to", claim.payer().address());
        CreditAccess.put(details, request.baseUrl());
    }

    /** Whether the answer stays as it is. */
    static boolean isFinal(Claim claim) {
        return claim.refund().isEmpty() || isDone(claim);
    }

    private static boolean isDone(Claim claim) {
        return claim.state() == PaymentState.REFUNDED;
    }

    private static String credited(Claim claim) {
        return "%s is credited to %s; see GET /compute/credits/entries".formatted(claim.amount(), claim.payer());
    }

    private static String refunded(Claim claim, Refund refund) {
        return isDone(claim)
                ? "%s is back at %s, transaction %s".formatted(claim.amount(), claim.payer(), refund.transaction())
                : "%s is on its way back to %s; send the same request again to learn its transaction"
                        .formatted(claim.amount(), claim.payer());
    }
}
