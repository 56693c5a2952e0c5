package io.x402compute.order;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.x402compute.http.ApiException;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.idempotency.KeyConflict;
import io.x402compute.idempotency.RequestKey;
import io.x402compute.order.CheckoutResult.Challenged;
import io.x402compute.order.CheckoutResult.Ordered;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.payment.PaymentLedger.ClaimResult;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.evm.ExactEvmReason;
import io.x402compute.x402.evm.PayerSignature;
import io.x402compute.x402.evm.Permit2Reason;
import io.x402compute.x402.extension.ExtensionEcho;
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
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/**
 * The way of a paid request up to its claim: challenge, authenticate, look the payment up, and only for one never seen before
 * price, verify and claim it. Nothing is written for an unpaid or refused request.
 */
public final class Checkout {
    /** Somebody says that a payment was made before. */
    static final Set<String> USED = Set.of(ExactEvmReason.NONCE_ALREADY_USED, Permit2Reason.INVALID_NONCE);

    private final PaymentTerms terms;
    private final ExtensionEcho echo;
    private final PayerSignature signatures;
    private final Facilitator facilitator;
    private final PaymentLedger ledger;
    private final KeyedOrders keys;
    private final RunTabs tabs;
    private final OrderAdvancer orders;
    private final Clock clock;

    /**
     * The checkout of one route.
     *
     * @param echo what payments have to send back as it was offered beside the terms, if they send it back
     */
    public Checkout(PaymentTerms terms, ExtensionEcho echo, PayerSignature signatures, Facilitator facilitator,
            PaymentLedger ledger, OrderAdvancer orders, Clock clock) {
        this.terms = terms;
        this.echo = echo;
        this.signatures = signatures;
        this.facilitator = facilitator;
        this.ledger = ledger;
        this.keys = new KeyedOrders(ledger, clock);
        this.tabs = new RunTabs(ledger, clock);
        this.orders = orders;
        this.clock = clock;
    }

    /**
     * Sells, or says what it costs.
     *
     * @param paid what the payment headers hold
     * @param caller who signed the request, if anybody did
     * @param key under which its client buys, if it does under any: whatever it is paid with, one key buys one order
     * @param deadline when the answer must be on its way
     */
    public CheckoutResult checkout(Purchase purchase, DecodedPayment paid, Optional<Wallet> caller,
            Optional<IdempotencyKey> key, Instant deadline) {
        return switch (paid) {
            case DecodedPayment.None() -> look(purchase, caller, key, deadline);
            case DecodedPayment.Malformed(String reason) -> challenge(purchase, reason);
            case DecodedPayment.TwoPayments() -> throw twoPayments();
            case DecodedPayment.Decoded(PaymentPayload payload) -> pay(purchase, payload, caller, key, deadline);
        };
    }

    /** By which schemes it can be paid. */
    public Set<String> schemes(Purchase purchase) {
        return terms(purchase).schemes();
    }

    /** The challenge of this purchase at its present price. */
    public Challenged challenge(Purchase purchase, String error) {
        return new Challenged(
                terms(purchase).challenge(purchase.resource(), purchase.network(), purchase.price().current(), error));
    }

    private CheckoutResult look(Purchase purchase, Optional<Wallet> caller, Optional<IdempotencyKey> key,
            Instant deadline) {
        caller.ifPresent(purchase::admit);
        return caller.flatMap(wallet -> key.map(given -> new RequestKey(wallet, given)))
                .flatMap(under -> keys.placed(under, purchase))
                .<CheckoutResult>map(
                        claim -> advanced(Errand.again(deadline), errand -> orders.advance(claim, errand), true))
                .orElseGet(() -> challenge(purchase, Reasons.PAYMENT_REQUIRED));
    }

    private CheckoutResult pay(Purchase purchase, PaymentPayload payload, Optional<Wallet> caller,
            Optional<IdempotencyKey> key, Instant deadline) {
        // Who names a network is asked for payment there alone.
        boolean asked = purchase.network().map(payload.network()::equals).orElse(true);
        if (!asked || terms.on(payload.network()).isEmpty()) {
            return challenge(purchase, Reasons.INVALID_NETWORK);
        }
        Optional<PaymentRequirements> offer = terms(purchase).askingFor(payload);
        if (offer.isEmpty()) {
            return challenge(purchase, Reasons.UNSUPPORTED_PAYLOAD_TYPE);
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
                yield sell(new Attempt(purchase, unpriced, key.map(given -> new RequestKey(payer, given)), deadline));
            }
        };
    }

    /** A key goes before the payment: what has bought its order was perhaps another payment. */
    private CheckoutResult sell(Attempt attempt) {
        Optional<Claim> placed = attempt.under().flatMap(key -> keys.placed(key, attempt.purchase()));
        boolean replaceable = placed.filter(claim -> keys.mayReplace(attempt.key(), claim)).isPresent();
        if (placed.isPresent() && !replaceable) {
            return again(placed.get(), attempt);
        }
        return ledger.find(attempt.key()).map(claim -> again(claim, attempt)).orElseGet(() -> buy(attempt, placed));
    }

    /** A payment that was claimed before: never a second order, never a second transfer. */
    private CheckoutResult again(Claim claim, Attempt attempt) {
        if (!claim.order().fingerprint().equals(attempt.purchase().fingerprint())) {
            throw new ApiException(409, "payment_already_used", "This payment was made for another request");
        }
        boolean retry = claim.state() == PaymentState.SETTLE_REFUSED && !claim.isReplaced() && claim.payment()
                .filter(payment -> facilitator.verify(payment) instanceof Verification.Verified).isPresent();
        return advanced(Errand.again(attempt.deadline()),
                errand -> retry ? orders.retry(claim, errand) : orders.advance(claim, errand),
                attempt.under().isPresent());
    }

    /** @param instead the order that was refused under the same key */
    private CheckoutResult buy(Attempt attempt, Optional<Claim> instead) {
        Purchase purchase = attempt.purchase();
        purchase.admit(attempt.payer());
        PaymentPayload payload = attempt.unpriced().payload();
        List<PaymentRequirements> offers;
        try {
            offers = terms(purchase).askingFor(payload, purchase.price().honoured());
        } catch (ApiException notForSale) {
            return strayed(attempt, RefundReason.NOT_FOR_SALE, instead).orElseThrow(() -> notForSale);
        }
        Optional<PaymentRequirements> matching = OfferMatching.match(payload, offers);
        if (matching.isEmpty()) {
            return strayed(attempt, RefundReason.PRICE_CHANGED, instead)
                    .orElseGet(() -> challenge(purchase, Reasons.NO_MATCHING_REQUIREMENTS));
        }
        // Not sooner: what was offered beside the terms may have changed since a payment was claimed.
        if (!echo.isKeptBy(payload)) {
            return challenge(purchase, Reasons.EXTENSION_ECHO_MISMATCH);
        }
        Payment payment = new Payment(payload, matching.get());
        return switch (facilitator.verify(payment)) {
            case Verification.Verified(String verified) -> outlasting(purchase, payment)
                    .map(tooShort -> challenge(purchase, tooShort))
                    .map(CheckoutResult.class::cast)
                    .orElseGet(() -> claim(attempt, payment, instead));
            // A copy of this very payment may have been claimed and settled while this one was being verified.
            case Verification.Rejected(String reason, String message) -> ledger.find(attempt.key())
                    .map(claim -> again(claim, attempt))
                    .orElseGet(() -> rejected(attempt, payment, reason, instead));
            case Verification.Unavailable(String why) -> throw chainUnreachable();
        };
    }

    /**
     * A payment that was never claimed may have moved all the same: anybody who has seen it could broadcast it, and a function
     * may have died with it in hand. Then its money is here, and buys what it was signed for.
     */
    private CheckoutResult rejected(Attempt attempt, Payment payment, String reason, Optional<Claim> instead) {
        Optional<Payment> ours = terms(attempt.purchase()).asSigned(payment.payload());
        if (!ours.equals(Optional.of(payment))) {
            return strayed(attempt, RefundReason.PRICE_CHANGED, instead)
                    .orElseGet(() -> challenge(attempt.purchase(), reason));
        }
        return moved(payment, USED.contains(reason)).isPresent()
                ? claim(attempt, payment, instead)
                : challenge(attempt.purchase(), reason);
    }

    /** Money that came for what is not sold, or not at that price, any more: owed back from the first. Empty if none came. */
    private Optional<CheckoutResult> strayed(Attempt attempt, RefundReason reason, Optional<Claim> instead) {
        PaymentPayload payload = attempt.unpriced().payload();
        PaymentTerms asked = terms(attempt.purchase());
        return asked.asSigned(payload).flatMap(payment -> moved(payment, false).map(transaction -> {
            Instant now = clock.instant();
            Claim fresh = Claim.of(payment, attempt.purchase().bind(), now, now.plus(OrderAdvancer.LEASE));
            return hold(attempt, orders.owed(fresh, transaction, reason), instead);
        }));
    }

    /**
     * The transaction in which that payment has moved.
     *
     * @param saidToBeUsed whether a facilitator says that its nonce is used
     */
    private Optional<String> moved(Payment payment, boolean saidToBeUsed) {
        return switch (orders.evidence(payment)) {
            case TransferEvidence.Moved(String transaction, Optional<Usdc> _) -> Optional.of(transaction);
            // Who knows the nonce to be used is a block ahead of our node: to say no now could make a payer pay twice.
            case TransferEvidence.NotMoved(boolean stillPossible) when stillPossible && saidToBeUsed ->
                throw chainUnreachable();
            case TransferEvidence.NotMoved notMoved -> Optional.empty();
            case TransferEvidence.Unreadable(String why) -> throw chainUnreachable();
        };
    }

    private CheckoutResult claim(Attempt attempt, Payment payment, Optional<Claim> instead) {
        Instant now = clock.instant();
        return hold(attempt, Claim.of(payment, attempt.purchase().bind(), now, now.plus(OrderAdvancer.LEASE)), instead);
    }

    private CheckoutResult hold(Attempt attempt, Claim fresh, Optional<Claim> instead) {
        return switch (written(attempt, fresh, instead)) {
            case ClaimResult.Claimed(Claim claim) -> advanced(Errand.first(attempt.deadline()),
                    errand -> orders.advanceHeld(claim, errand), false);
            case ClaimResult.AlreadyClaimed(Claim existing) -> again(existing, attempt);
            case ClaimResult.KeyTaken() -> keys.placed(attempt.under().orElseThrow(), attempt.purchase())
                    .filter(claim -> !keys.mayReplace(attempt.key(), claim))
                    .map(claim -> again(claim, attempt))
                    .orElseThrow(KeyConflict::inProgress);
            case ClaimResult.TabTaken() -> throw RunTabs.taken();
        };
    }

    private ClaimResult written(Attempt attempt, Claim fresh, Optional<Claim> instead) {
        boolean runsFirst = !attempt.purchase().isPaidUpfront() && fresh.state() == PaymentState.CLAIMED;
        if (runsFirst) {
            return ledger.claimOnTab(fresh, attempt.under(), instead, tabs.closed(attempt.payer()));
        }
        return attempt.under().map(key -> ledger.claim(fresh, key, instead)).orElseGet(() -> ledger.claim(fresh));
    }

    /** Why that payment could be over before it is settled; empty where it cannot. */
    private Optional<String> outlasting(Purchase purchase, Payment payment) {
        return purchase.isPaidUpfront() ? Optional.empty() : PaymentWindow.tooShort(payment, clock.instant());
    }

    private PaymentTerms terms(Purchase purchase) {
        return terms.of(purchase);
    }

    private static Ordered advanced(Errand errand, Function<Errand, Claim> advance, boolean replayed) {
        return new Ordered(advance.apply(errand), errand.machine(), errand.job(), replayed);
    }

    /**
     * A request with an authentic payment.
     *
     * @param unpriced the payment, not yet compared with any price
     * @param under the key that its payer buys under
     */
    private record Attempt(Purchase purchase, Payment unpriced, Optional<RequestKey> under, Instant deadline) {

        PaymentKey key() {
            return unpriced.key();
        }

        Wallet payer() {
            return new Wallet(unpriced.payer());
        }
    }

    /** Which of them is meant is not for us to choose. */
    public static ApiException twoPayments() {
        return ApiException.badRequest("two_payments", "Send one payment in one header");
    }

    static ApiException chainUnreachable() {
        return new ApiException(503, "payment_network_unavailable",
                "The payment network cannot be reached; nothing was taken, try again");
    }
}
