package io.x402compute.x402.client;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;

import io.x402compute.x402.protocol.SettlementResponse;
import io.x402compute.x402.protocol.Usdc;

/** What became of a request that {@link PayingClient#send} sent. */
public sealed interface Purchase {

    /** The seller answered without asking for money, with the goods or with an error. */
    record NothingAsked(HttpResponse<byte[]> response) implements Purchase {}

    /** The seller asks for money in no way that these wallets could pay. Nothing was signed. */
    record Unpayable(HttpResponse<byte[]> response) implements Purchase {}

    /**
     * The cheapest offer costs more than the owner allows. Nothing was sent.
     *
     * @param left the most that could be paid now: for one payment, or of what is left of the day
     */
    record OverLimit(HttpResponse<byte[]> response, Usdc price, Usdc left) implements Purchase {}

    /**
     * The seller has taken the payment.
     *
     * @param response usually the goods; a seller that has taken the money and cannot deliver says so here
     * @param receipt the seller's word only
     */
    record Paid(HttpResponse<byte[]> response, SignedPayment payment, Optional<SettlementResponse> receipt)
            implements
                Purchase {}

    /**
     * The seller has the payment and does not know yet, or was not able to say. The same request, sent later, is sent with the
     * same payment.
     */
    record Pending(HttpResponse<byte[]> response, SignedPayment payment) implements Purchase {}

    /**
     * The seller does not take the payment. Until it has lapsed the same request is sent with the same payment, for whoever has
     * it could still use it; after that with a new one.
     *
     * @param inDoubt true when the payment was also sent without being refused, so that the seller may have taken it then and
     *     only forgotten: it is never replaced, until {@link PayingClient#abandon} says that it did not happen
     */
    record Refused(HttpResponse<byte[]> response, SignedPayment payment, boolean inDoubt) implements Purchase {}

    /** The payment has left and no answer came: the seller may have it or not. Send the same request again. */
    record Unanswered(SignedPayment payment, IOException cause) implements Purchase {}
}
