package io.x402compute.handler;

import java.util.function.Supplier;

import io.x402compute.access.StrangerLimit;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.order.AmountMark;
import io.x402compute.order.ProofCheckout;
import io.x402compute.order.Purchase;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.PaymentRequirements;

/**
 * Where transactions are shown.
 *
 * @param headers reads them from requests
 * @param checkout sells for them
 * @param limit of challenges: who gets enough of them finds a request that is asked for what somebody else has just paid
 */
record ProofDesk(HashProofs headers, ProofCheckout checkout, StrangerLimit limit) {

    /** Whether a transaction could pay for that. */
    boolean isOpenFor(Purchase purchase) {
        return purchase.mark().isPresent();
    }

    /** A challenge that says beside the standard's offers what is to be transferred, to whom. */
    ApiResponse challenge(PaymentRequired challenge, ApiRequest request, Supplier<ApiResponse> standard) {
        PaymentRequirements first = challenge.accepts().getFirst();
        boolean payable = first.amount().compareTo(AmountMark.MOST) <= 0;
        return limit.serve(request.source(), payable
                ? () -> standard.get().withHeader(HashProofs.REQUIRED, HashProofs.required(first))
                : standard);
    }
}
