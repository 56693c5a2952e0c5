package io.x402compute.order;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.http.ApiException;
import io.x402compute.order.CheckoutResult.Challenged;
import io.x402compute.order.CheckoutResult.Ordered;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.payment.PaymentLedger.ClaimResult;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.evm.ExactEvmReason;
import io.x402compute.x402.evm.PayerSignature;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.OfferMatching;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.Wallet;

/**
 * The way of a paid request up to its claim: challenge, authenticate, look the payment up, and only for one never seen before
 * price, verify and claim it. Nothing is written for an unpaid or refused request.
 */
public final class Checkout {
    /** Why money is owed back that came for a price which is not asked any more. */
    private static final String PRICE_CHANGED = "price_changed";

    private final PaymentTerms terms;
    private final PayerSignature signatures;
    private final Facilitator facilitator;
    private final PaymentLedger ledger;
    private final OrderAdvancer orders;
    private final Clock clock;

    public Checkout(PaymentTerms terms, PayerSignature signatures, Facilitator facilitator, PaymentLedger ledger,
            OrderAdvancer orders, Clock clock) {
        this.terms = terms;
        this.signatures = signatures;
        this.facilitator = facilitator;
        this.ledger = ledger;
        this.orders = orders;
        this.clock = clock;
    }

    /**
     * Sells, or says what it costs.
     *
     * @param paid what the payment headers hold
     * @param caller who signed the request, if anybody did
     * @param deadline when the answer must be on its way
     */
    public CheckoutResult checkout(Purchase purchase, DecodedPayment paid, Optional<Wallet> caller, Instant deadline) {
        return switch (paid) {
            case DecodedPayment.None() -> {
                caller.ifPresent(purchase::admit);
                yield challenge(purchase, Reasons.PAYMENT_REQUIRED);
            }
            case DecodedPayment.Malformed(String reason) -> challenge(purchase, reason);
            case DecodedPayment.TwoPayments() -> throw ApiException.badRequest("two_payments",
                    "Send one payment in one header");
            case DecodedPayment.Decoded(PaymentPayload payload) -> pay(purchase, payload, caller, deadline);
        };
    }

    /** The challenge of this purchase at its present price. */
    public Challenged challenge(Purchase purchase, String error) {
        return new Challenged(
                terms.challenge(purchase.resource(), purchase.network(), purchase.price().current(), error));
    }

    private CheckoutResult pay(Purchase purchase, PaymentPayload payload, Optional<Wallet> caller, Instant deadline) {
        Optional<PaymentRequirements> offer = terms.on(payload.network());
        if (offer.isEmpty()) {
            return challenge(purchase, Reasons.INVALID_NETWORK);
        }
        Payment unpriced = new Payment(payload, offer.get());
        return switch (signatures.checkKnown(unpriced)) {
            case PayerSignature.Outcome.Forged(String reason, String message) -> challenge(purchase, reason);
            case PayerSignature.Outcome.Unanswered(String why) -> throw chainUnreachable();
            case PayerSignature.Outcome.Authentic() -> {
                Wallet payer = new Wallet(payload.payer());
                if (caller.isPresent() && !caller.get().equals(payer)) {
                    throw new ApiException(403, "payer_mismatch",
                            "The payment is signed by another wallet than the request");
                }
                PaymentKey key = unpriced.key();
                yield ledger.find(key)
                        .map(claim -> again(claim, purchase, deadline))
                        .orElseGet(() -> buy(purchase, payload, payer, key, deadline));
            }
        };
    }

    /** A payment that was claimed before: never a second order, never a second transfer. */
    private CheckoutResult again(Claim claim, Purchase purchase, Instant deadline) {
        if (!claim.order().fingerprint().equals(purchase.fingerprint())) {
            throw new ApiException(409, "payment_already_used", "This payment was made for another request");
        }
        boolean retry = claim.state() == PaymentState.SETTLE_REFUSED && claim.payment()
                .filter(payment -> facilitator.verify(payment) instanceof Verification.Verified).isPresent();
        return new Ordered(retry ? orders.retry(claim, deadline) : orders.advance(claim, deadline));
    }

    private CheckoutResult buy(Purchase purchase, PaymentPayload payload, Wallet payer, PaymentKey key,
            Instant deadline) {
        purchase.admit(payer);
        List<PaymentRequirements> offers;
        try {
            offers = terms.on(payload.network(), purchase.price().honoured());
        } catch (ApiException notForSale) {
            return strayed(purchase, payload, notForSale.code(), deadline).orElseThrow(() -> notForSale);
        }
        Optional<PaymentRequirements> matching = OfferMatching.match(payload, offers);
        if (matching.isEmpty()) {
            return strayed(purchase, payload, PRICE_CHANGED, deadline)
                    .orElseGet(() -> challenge(purchase, Reasons.NO_MATCHING_REQUIREMENTS));
        }
        Payment payment = new Payment(payload, matching.get());
        return switch (facilitator.verify(payment)) {
            case Verification.Verified(String verified) -> claim(purchase, payment, deadline);
            // A copy of this very payment may have been claimed and settled while this one was being verified.
            case Verification.Rejected(String reason, String message) -> ledger.find(key)
                    .map(claim -> again(claim, purchase, deadline))
                    .orElseGet(() -> rejected(purchase, payment, reason, deadline));
            case Verification.Unavailable(String why) -> throw chainUnreachable();
        };
    }

    /**
     * A payment that was never claimed may have moved all the same: anybody who has seen it could broadcast it, and a function
     * may have died with it in hand. Then its money is here, and buys what it was signed for.
     */
    private CheckoutResult rejected(Purchase purchase, Payment payment, String reason, Instant deadline) {
        Optional<Payment> ours = terms.asSigned(payment.payload());
        if (!ours.equals(Optional.of(payment))) {
            return strayed(purchase, payment.payload(), PRICE_CHANGED, deadline)
                    .orElseGet(() -> challenge(purchase, reason));
        }
        return moved(payment, reason.equals(ExactEvmReason.NONCE_ALREADY_USED)).isPresent()
                ? claim(purchase, payment, deadline)
                : challenge(purchase, reason);
    }

    /** Money that came for what is not sold, or not at that price, any more: owed back from the first. Empty if none came. */
    private Optional<CheckoutResult> strayed(Purchase purchase, PaymentPayload payload, String reason,
            Instant deadline) {
        return terms.asSigned(payload).flatMap(payment -> moved(payment, false).map(transaction -> {
            Instant now = clock.instant();
            Claim fresh = Claim.of(payment, purchase.bind(), now, now.plus(OrderAdvancer.LEASE));
            return hold(purchase, orders.owed(fresh, transaction, reason), deadline);
        }));
    }

    /**
     * The transaction in which that payment has moved.
     *
     * @param saidToBeUsed whether a facilitator says that its nonce is used
     */
    private Optional<String> moved(Payment payment, boolean saidToBeUsed) {
        return switch (orders.evidence(payment)) {
            case TransferEvidence.Moved(String transaction) -> Optional.of(transaction);
            // Who knows the nonce to be used is a block ahead of our node: to say no now could make a payer pay twice.
            case TransferEvidence.NotMoved(boolean stillPossible) when stillPossible && saidToBeUsed ->
                throw chainUnreachable();
            case TransferEvidence.NotMoved notMoved -> Optional.empty();
            case TransferEvidence.Unreadable(String why) -> throw chainUnreachable();
        };
    }

    private CheckoutResult claim(Purchase purchase, Payment payment, Instant deadline) {
        Instant now = clock.instant();
        return hold(purchase, Claim.of(payment, purchase.bind(), now, now.plus(OrderAdvancer.LEASE)), deadline);
    }

    private CheckoutResult hold(Purchase purchase, Claim fresh, Instant deadline) {
        return switch (ledger.claim(fresh)) {
            case ClaimResult.Claimed(Claim claim) -> new Ordered(orders.advanceHeld(claim, deadline));
            case ClaimResult.AlreadyClaimed(Claim existing) -> again(existing, purchase, deadline);
        };
    }

    private static ApiException chainUnreachable() {
        return new ApiException(503, "payment_network_unavailable",
                "The payment network cannot be reached; nothing was taken, try again");
    }
}
