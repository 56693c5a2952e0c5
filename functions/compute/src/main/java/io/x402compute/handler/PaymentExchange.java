package io.x402compute.handler;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.http.Json;
import io.x402compute.idempotency.KeyedWrites;
import io.x402compute.order.Checkout;
import io.x402compute.order.CheckoutResult;
import io.x402compute.order.CreditCheckout;
import io.x402compute.order.PaymentProof;
import io.x402compute.order.Purchase;
import io.x402compute.payment.Claim;
import io.x402compute.x402.evm.Permit2Reason;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.SettlementResponse;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** The HTTP side of a paid route: reads the payment of a request, and renders what came of it for either protocol version. */
final class PaymentExchange {
    private static final String RETRY_AFTER_SECONDS = "5";

    private final Set<Integer> versions;
    private final Checkout checkout;
    private final CreditCheckout credit;
    private final OrderJson orders;
    private final PaidExtensions extensions;
    private final Optional<ProofDesk> proofs;

    PaymentExchange(Set<Integer> versions, Checkout checkout, CreditCheckout credit, OrderJson orders,
            PaidExtensions extensions) {
        this(versions, checkout, credit, orders, extensions, Optional.empty());
    }

    /** @param proofs where transactions count as payments */
    PaymentExchange(Set<Integer> versions, Checkout checkout, CreditCheckout credit, OrderJson orders,
            PaidExtensions extensions, Optional<ProofDesk> proofs) {
        this.versions = versions;
        this.checkout = checkout;
        this.credit = credit;
        this.orders = orders;
        this.extensions = extensions;
        this.proofs = proofs;
    }

    /**
     * Sells what is asked for, or says what it costs.
     *
     * @param caller who signed the request, if anybody did
     * @param key that its client gave to this purchase in a header, if it gave one
     * @param paidStatus of the answer once the money has moved
     */
    ApiResponse sell(ApiRequest request, Purchase purchase, Optional<Wallet> caller, Optional<IdempotencyKey> key,
            int paidStatus) {
        return switch (proofs.map(desk -> desk.headers().in(request)).orElseGet(HashProofs.Shown.Nothing::new)) {
            case HashProofs.Shown.Nothing() -> sellForPayment(request, purchase, caller, key, paidStatus);
            case HashProofs.Shown.Transaction(PaymentProof proof) -> answer(proofs.orElseThrow().checkout()
                    .checkout(purchase, proof, caller, key, request.deadline()), request, purchase, paidStatus);
            case HashProofs.Shown.Malformed(String reason) -> answer(checkout.challenge(purchase, reason), request,
                    purchase, paidStatus);
            case HashProofs.Shown.TwoPayments() -> throw Checkout.twoPayments();
        };
    }

    private ApiResponse sellForPayment(ApiRequest request, Purchase purchase, Optional<Wallet> caller,
            Optional<IdempotencyKey> key, int paidStatus) {
        DecodedPayment payment = payment(request, purchase);
        Optional<IdempotencyKey> name = PurchaseName.of(key, payment);
        return answer(checkout.checkout(purchase, payment, caller, name, request.deadline()), request, purchase,
                paidStatus);
    }

    /** As {@link #sell}, for credit. */
    ApiResponse sellForCredit(ApiRequest request, Purchase purchase, CreditUse use, int paidStatus) {
        return answer(credit.checkout(purchase, use.payer(), use.name(), request.deadline()), request, purchase,
                paidStatus);
    }

    private ApiResponse answer(CheckoutResult result, ApiRequest request, Purchase purchase, int paidStatus) {
        return switch (result) {
            case CheckoutResult.Challenged(PaymentRequired challenge) -> proofs.filter(desk -> desk.isOpenFor(purchase))
                    .map(desk -> desk.challenge(challenge, request, () -> challenge(challenge, request)))
                    .orElseGet(() -> challenge(challenge, request));
            case CheckoutResult.Insufficient(PaymentRequired challenge, Usdc available, Usdc needed) ->
                insufficient(challenge, available, needed, request);
            case CheckoutResult.Ordered ordered -> {
                ApiResponse answer = answer(ordered, purchase, request, paidStatus);
                yield ordered.replayed() ? answer.withHeader(KeyedWrites.REPLAYED, "true") : answer;
            }
        };
    }

    private ApiResponse answer(CheckoutResult.Ordered ordered, Purchase purchase, ApiRequest request,
            int paidStatus) {
        Claim claim = ordered.claim();
        return switch (claim.state()) {
            case CLAIMED, RUNNING, RAN, SETTLING, SETTLE_UNKNOWN -> pending(ordered);
            case RUN_FAILED -> failed(claim, request);
            case SETTLE_REFUSED -> refused(claim, purchase, request);
            case SETTLED, FULFILLED -> delivered(ordered, purchase, request, paidStatus);
            case REFUND_DUE, CREDITED, REFUNDING, REFUND_UNKNOWN, REFUNDED -> givenBack(claim, request);
        };
    }

    private DecodedPayment payment(ApiRequest request, Purchase purchase) {
        DecodedPayment payment = PaymentHeaders.decode(request.header(PaymentHeaders.PAYMENT_SIGNATURE),
                request.header(PaymentHeaders.X_PAYMENT), checkout.schemes(purchase));
        boolean refused = payment instanceof DecodedPayment.Decoded decoded
                && !versions.contains(decoded.payload().version());
        return refused ? new DecodedPayment.Malformed(Reasons.INVALID_X402_VERSION) : payment;
    }

    private ApiResponse challenge(PaymentRequired challenge, ApiRequest request) {
        ObjectNode body = versions.contains(1)
                ? challenge.v1Body(Optional.of(extensions.outputSchema()))
                : Json.object().put("error", challenge.error());
        body.put("code", "payment_required").put("request_id", request.requestId());
        ApiResponse response = ApiResponse.of(status(challenge), body);
        return versions.contains(2)
                ? response.withHeader(PaymentHeaders.PAYMENT_REQUIRED, extensions.offer(challenge).v2Header())
                : response;
    }

    /** The reference server tells those who have to approve Permit2 first by another status than those who have to pay. */
    private static int status(PaymentRequired challenge) {
        return challenge.error().equals(Permit2Reason.ALLOWANCE_REQUIRED) ? 412 : 402;
    }

    /** With the ordinary offers: what credit is too little for can be paid. */
    private ApiResponse insufficient(PaymentRequired challenge, Usdc available, Usdc needed, ApiRequest request) {
        ApiResponse response = challenge(challenge, request);
        response.body().put("code", "insufficient_credits").putObject("details")
                .put("available", Dollars.of(available))
                .put("needed", Dollars.of(needed))
                .put("topup_url", request.baseUrl() + TopUpCredits.PATH);
        return response;
    }

    /** Whether it moves is not known: the same request, sent again, is how to ask. Never a fresh challenge. */
    private ApiResponse pending(CheckoutResult.Ordered ordered) {
        Claim claim = ordered.claim();
        ObjectNode body = Json.object().put("status", "pending").put("order_id", claim.order().orderId().toString());
        orders.putPending(body, ordered);
        body.put("tx_hash", claim.transaction());
        return withReceipt(ApiResponse.of(202, body), receipt(claim, Optional.of(Reasons.SETTLEMENT_PENDING)))
                .withHeader(ApiException.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }

    private ApiResponse refused(Claim claim, Purchase purchase, ApiRequest request) {
        PaymentRequired challenge = checkout.challenge(purchase, claim.reason()).challenge();
        return withReceipt(challenge(challenge, request), receipt(claim, Optional.of(claim.reason())));
    }

    /** For good: the same payment gets this answer for ever, and another one is for another run. */
    private ApiResponse failed(Claim claim, ApiRequest request) {
        return withReceipt(orders.failed(claim, request), receipt(claim, Optional.of(Claim.RUN_FAILED)));
    }

    private ApiResponse delivered(CheckoutResult.Ordered ordered, Purchase purchase, ApiRequest request, int status) {
        Claim claim = ordered.claim();
        String order = claim.order().orderId().toString();
        ObjectNode body = Json.object().put("success", true).put("order_id", order);
        body.put("tx_hash", claim.transaction());
        if (claim.terms().isEmpty()) {
            body.put("paid_with", "credits");
        }
        return withReceipt(ApiResponse.of(orders.put(body, ordered, request.baseUrl(), status), body),
                receipt(claim, Optional.empty()).map(
                        settled -> extensions.receipt(settled, claim, purchase.resource().url(),
                                request.baseUrl() + GetOrder.PATH + order)));
    }

    /** Without {@code Retry-After}, unlike every other 503, once it is final: the same payment gets this answer for ever. */
    private ApiResponse givenBack(Claim claim, ApiRequest request) {
        ApiResponse response = withReceipt(ApiResponse.of(503, GivenBackJson.of(claim, request)),
                receipt(claim, Optional.empty()));
        return GivenBackJson.isFinal(claim)
                ? response
                : response.withHeader(ApiException.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }

    /** Only a transfer has a receipt. */
    private static Optional<SettlementResponse> receipt(Claim claim, Optional<String> reason) {
        return claim.payment().map(payment -> {
            boolean paid = claim.state().isPaid();
            Optional<Usdc> taken = payment.metered().map(most -> claim.amount()).filter(amount -> paid);
            return new SettlementResponse(paid, reason, claim.transaction(), payment.requirements().network(),
                    claim.payer().address(), taken, Map.of());
        });
    }

    private static ApiResponse withReceipt(ApiResponse response, Optional<SettlementResponse> receipt) {
        return receipt.map(settled -> response
                .withHeader(PaymentHeaders.PAYMENT_RESPONSE, settled.header(2))
                .withHeader(PaymentHeaders.X_PAYMENT_RESPONSE, settled.header(1))).orElse(response);
    }
}
