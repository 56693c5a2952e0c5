package io.x402compute.order;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

import io.x402compute.http.ApiException;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.idempotency.KeyConflict;
import io.x402compute.idempotency.RequestKey;
import io.x402compute.order.CheckoutResult.Insufficient;
import io.x402compute.order.CheckoutResult.Ordered;
import io.x402compute.payment.Claim;
import io.x402compute.payment.CreditBalance;
import io.x402compute.payment.Credits;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.payment.PaymentLedger.ClaimResult;
import io.x402compute.payment.PaymentState;
import io.x402compute.payment.Tender;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/**
 * The way of a request that is paid with credit, up to its claim: look its key up, and only for one never seen before price and
 * claim it. Nothing is written for a wallet that has too little.
 */
public final class CreditCheckout {
    private final PaymentTerms terms;
    private final Credits credits;
    private final PaymentLedger ledger;
    private final KeyedOrders keys;
    private final OrderAdvancer orders;
    private final Clock clock;

    public CreditCheckout(PaymentTerms terms, Credits credits, PaymentLedger ledger, OrderAdvancer orders,
            Clock clock) {
        this.terms = terms;
        this.credits = credits;
        this.ledger = ledger;
        this.keys = new KeyedOrders(ledger, clock);
        this.orders = orders;
        this.clock = clock;
    }

    /**
     * What makes two requests one payment with credit.
     *
     * @param name that the wallet gave to its request
     */
    public static PaymentKey key(Wallet payer, IdempotencyKey name) {
        String scope = "credits/" + payer;
        return new PaymentKey(scope + "/" + name.hash(scope));
    }

    /**
     * Sells for what the wallet has in credit, if that is enough.
     *
     * @param payer who asks, which was proved
     * @param deadline when the answer must be on its way
     */
    public CheckoutResult checkout(Purchase purchase, Wallet payer, IdempotencyKey name, Instant deadline) {
        RequestKey under = new RequestKey(payer, name);
        PaymentKey key = key(payer, name);
        Optional<Claim> placed = keys.placed(under, purchase);
        return placed.filter(claim -> !keys.mayReplace(key, claim))
                .map(claim -> again(claim, purchase, deadline))
                .orElseGet(() -> buy(purchase, under, placed, deadline));
    }

    /** @param instead the order whose payment was refused under the same name */
    private CheckoutResult buy(Purchase purchase, RequestKey under, Optional<Claim> instead, Instant deadline) {
        Wallet payer = under.wallet();
        purchase.admit(payer);
        Usdc amount = purchase.price().lowest();
        Usdc available = available(payer);
        if (available.compareTo(amount) < 0) {
            return insufficient(purchase, available, amount);
        }
        Instant now = clock.instant();
        Claim fresh = Claim.of(key(payer, under.key()), new Tender.Credit(payer, amount), purchase.bind(), now,
                now.plus(OrderAdvancer.LEASE));
        return switch (ledger.claim(fresh, under, instead)) {
            case ClaimResult.Claimed(Claim claim) -> advanced(purchase, Errand.first(deadline),
                    errand -> orders.advanceHeld(claim, errand), false);
            case ClaimResult.AlreadyClaimed(Claim existing) -> again(existing, purchase, deadline);
            case ClaimResult.KeyTaken() -> throw KeyConflict.inProgress();
            case ClaimResult.TabTaken() -> throw RunTabs.taken();
        };
    }

    /** A request that was sent before: never a second order, and nothing is taken twice. */
    private CheckoutResult again(Claim claim, Purchase purchase, Instant deadline) {
        if (claim.isReplaced()) {
            throw KeyConflict.mismatch();
        }
        return claim.state() == PaymentState.SETTLE_REFUSED
                ? retry(claim, purchase, deadline)
                : advanced(purchase, Errand.again(deadline), errand -> orders.advance(claim, errand), true);
    }

    /** A price is not held for whoever comes back with the money next year. */
    private CheckoutResult retry(Claim refused, Purchase purchase, Instant deadline) {
        if (available(refused.payer()).compareTo(refused.amount()) < 0) {
            return insufficient(purchase, refused);
        }
        if (!purchase.price().honoured().contains(refused.amount())) {
            throw new ApiException(409, "price_changed",
                    "There was too little credit for this order, and its price has changed; name it anew");
        }
        return advanced(purchase, Errand.again(deadline), errand -> orders.retry(refused, errand), true);
    }

    private CheckoutResult advanced(Purchase purchase, Errand errand, Function<Errand, Claim> advance,
            boolean replayed) {
        Claim claim = advance.apply(errand);
        return claim.state() == PaymentState.SETTLE_REFUSED && claim.payment().isEmpty()
                ? insufficient(purchase, claim)
                : new Ordered(claim, errand.machine(), errand.job(), replayed);
    }

    private Insufficient insufficient(Purchase purchase, Claim refused) {
        return insufficient(purchase, available(refused.payer()), refused.amount());
    }

    private Insufficient insufficient(Purchase purchase, Usdc available, Usdc needed) {
        String error = "Insufficient credits: %s available, %s needed".formatted(available, needed);
        return new Insufficient(
                terms.of(purchase).challenge(purchase.resource(), purchase.network(),
                        purchase.price().current(), error),
                available,
                needed);
    }

    private Usdc available(Wallet payer) {
        return credits.balance(payer).map(CreditBalance::available).orElse(Usdc.ZERO);
    }
}
