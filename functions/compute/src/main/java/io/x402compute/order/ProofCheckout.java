package io.x402compute.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
import io.x402compute.payment.Tender;
import io.x402compute.x402.facilitator.TransferProofs;
import io.x402compute.x402.facilitator.TransferProofs.Flaw;
import io.x402compute.x402.facilitator.TransferProofs.Proof;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.Wallet;

/**
 * The way of a request whose buyer has paid already and shows the transaction, up to its claim. Everybody can see transactions, so one buys only
 * what its amount was asked for, at the time it was asked, and once. Nothing is written for one that does not.
 */
public final class ProofCheckout {
    /** The transaction has moved another amount than is asked for this request. */
    public static final String WRONG_AMOUNT = "proof_wrong_amount";
    /** Somebody else has made the transaction than is said. */
    public static final String WRONG_SENDER = "proof_wrong_sender";

    /** Three windows: whoever comes later may have found the transaction on the chain, and had all day to guess what it was for. */
    static final Duration PRESENTED_WITHIN = AmountMark.WINDOW.multipliedBy(3);
    private static final Duration NEXT_BLOCK = Duration.ofSeconds(2);

    private final PaymentTerms terms;
    private final TransferProofs proofs;
    private final PaymentLedger ledger;
    private final KeyedOrders keys;
    private final OrderAdvancer orders;
    private final Clock clock;

    public ProofCheckout(PaymentTerms terms, TransferProofs proofs, PaymentLedger ledger, OrderAdvancer orders,
            Clock clock) {
        this.terms = terms;
        this.proofs = proofs;
        this.ledger = ledger;
        this.keys = new KeyedOrders(ledger, clock);
        this.orders = orders;
        this.clock = clock;
    }

    /**
     * Sells for what has been paid, or says what is wrong with it.
     *
     * @param caller who signed the request, if anybody did
     * @param key under which its client buys: heeded where the request is signed, for anybody may show a transaction
     * @param deadline when the answer must be on its way
     * @throws ApiException 409 for a transaction that has bought something else, or does not count yet
     */
    public CheckoutResult checkout(Purchase purchase, PaymentProof proof, Optional<Wallet> caller,
            Optional<IdempotencyKey> key, Instant deadline) {
        boolean asked = purchase.network().map(proof.transaction().network()::equals).orElse(true);
        Optional<PaymentRequirements> offer = terms.on(proof.transaction().network()).filter(any -> asked);
        if (offer.isEmpty()) {
            return challenge(purchase, Reasons.INVALID_NETWORK);
        }
        return switch (proofs.find(proof.transaction(), offer.get())) {
            case Proof.Flawed(Flaw flaw) -> challenge(purchase, flaw.reason());
            case Proof.NotFound() -> throw unconfirmed("no block has that transaction yet");
            case Proof.TooRecent() -> throw unconfirmed("the transaction is not confirmed yet");
            case Proof.Unreadable(String why) -> throw Checkout.chainUnreachable();
            case Proof.Proven proven -> {
                if (proof.from().isPresent() && !proof.from().get().equals(proven.payer())) {
                    yield challenge(purchase, WRONG_SENDER);
                }
                caller.ifPresent(wallet -> requirePayer(wallet, proven));
                yield sell(new Attempt(purchase, proof, proven, offer.get().withAmount(proven.amount()),
                        caller.flatMap(wallet -> key.map(given -> new RequestKey(wallet, given))), deadline));
            }
        };
    }

    private static void requirePayer(Wallet caller, Proof.Proven proven) {
        if (!caller.equals(proven.payer())) {
            throw new ApiException(403, "payer_mismatch",
                    "The transaction was made by another wallet than the request");
        }
    }

    private CheckoutResult sell(Attempt attempt) {
        Optional<Claim> placed = attempt.under().flatMap(key -> keys.placed(key, attempt.purchase()));
        boolean replaceable = placed.filter(claim -> keys.mayReplace(attempt.proven().key(), claim)).isPresent();
        if (placed.isPresent() && !replaceable) {
            return advanced(Errand.again(attempt.deadline()), errand -> orders.advance(placed.get(), errand), true);
        }
        return ledger.find(attempt.proven().key()).map(claim -> again(claim, attempt))
                .orElseGet(() -> buy(attempt, placed));
    }

    /** What was signed and then settled is shown to everybody, and answered only to who has the signature. */
    private CheckoutResult again(Claim claim, Attempt attempt) {
        boolean same = claim.tender() instanceof Tender.Proof
                && claim.order().fingerprint().equals(attempt.purchase().fingerprint());
        if (!same) {
            throw new ApiException(409, "payment_already_used", "This transaction has paid for another request");
        }
        return advanced(Errand.again(attempt.deadline()), errand -> orders.advance(claim, errand),
                attempt.under().isPresent());
    }

    /** @param instead the order that was refused under the same key */
    private CheckoutResult buy(Attempt attempt, Optional<Claim> instead) {
        Purchase purchase = attempt.purchase();
        if (!isMeantFor(purchase, attempt.proven())) {
            return challenge(purchase, WRONG_AMOUNT);
        }
        purchase.admit(attempt.proven().payer());
        return hold(attempt, claim(attempt), instead);
    }

    /** The amount does not say which services it could buy, only that it was asked for this one. */
    private static boolean isMeantFor(Purchase purchase, Proof.Proven proven) {
        return proven.amount().compareTo(AmountMark.MOST) <= 0
                && purchase.mark().filter(mark -> mark.isBorneBy(proven.amount(), proven.time())).isPresent();
    }

    /** The money is here: what it does not buy is owed back from the first. */
    private Claim claim(Attempt attempt) {
        Proof.Proven proven = attempt.proven();
        String transaction = attempt.proof().transaction().value();
        Instant now = clock.instant();
        Claim fresh = Claim.of(proven.key(), new Tender.Proof(proven.payer(), attempt.paid(), transaction),
                attempt.purchase().bind(), now, now.plus(OrderAdvancer.LEASE));
        return stray(attempt.purchase(), proven).map(reason -> orders.owed(fresh, transaction, reason))
                .orElseGet(() -> fresh.settled(transaction, now));
    }

    private Optional<RefundReason> stray(Purchase purchase, Proof.Proven proven) {
        try {
            boolean holds = purchase.price().honoured().contains(proven.amount())
                    && proven.time().isAfter(clock.instant().minus(PRESENTED_WITHIN));
            return holds ? Optional.empty() : Optional.of(RefundReason.PRICE_CHANGED);
        } catch (ApiException notForSale) {
            return Optional.of(RefundReason.NOT_FOR_SALE);
        }
    }

    private CheckoutResult hold(Attempt attempt, Claim paid, Optional<Claim> instead) {
        ClaimResult result = attempt.under().map(key -> ledger.claim(paid, key, instead))
                .orElseGet(() -> ledger.claim(paid));
        return switch (result) {
            case ClaimResult.Claimed(Claim claim) -> advanced(Errand.first(attempt.deadline()),
                    errand -> orders.advanceHeld(claim, errand), false);
            case ClaimResult.AlreadyClaimed(Claim existing) -> again(existing, attempt);
            case ClaimResult.KeyTaken() -> throw KeyConflict.inProgress();
            case ClaimResult.TabTaken() -> throw new IllegalStateException("what is paid is on no tab");
        };
    }

    private static Ordered advanced(Errand errand, Function<Errand, Claim> advance, boolean replayed) {
        return new Ordered(advance.apply(errand), errand.machine(), errand.job(), replayed);
    }

    private Challenged challenge(Purchase purchase, String error) {
        return new Challenged(
                terms.challenge(purchase.resource(), purchase.network(), purchase.price().current(), error));
    }

    /** No challenge: whoever is asked for money a second time may pay a second time. */
    private static ApiException unconfirmed(String why) {
        return new ApiException(409, "payment_unconfirmed", "Nothing is lost: " + why + ", send the same request again")
                .retryAfter(NEXT_BLOCK);
    }

    /**
     * A request with a transaction that has paid us.
     *
     * @param paid the offer at the amount that was paid
     * @param under the key that its payer buys under
     */
    private record Attempt(
            Purchase purchase,
            PaymentProof proof,
            Proof.Proven proven,
            PaymentRequirements paid,
            Optional<RequestKey> under,
            Instant deadline) {}
}
