package io.x402compute.simulation.actor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.x402compute.http.IdempotencyKey;
import io.x402compute.order.CreditCheckout;
import io.x402compute.simulation.world.Wish;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Wallet;

/** A purchase as its buyer sees it: a request, how it is paid, and what was heard of it. */
public final class Sale {
    private final Wallet buyer;
    private final Wish wish;
    private final Means means;
    private final PaymentKey key;
    private final Instant quotedAt;
    private final List<Told> told = new ArrayList<>();

    /** @param quotedAt when the price was asked for */
    Sale(Wallet buyer, Wish wish, Means means, Instant quotedAt) {
        this.buyer = buyer;
        this.wish = wish;
        this.means = means;
        this.key = switch (means) {
            case Means.Signed signed -> signed.payment().key();
            case Means.Credit credit -> CreditCheckout.key(buyer, credit.name());
        };
        this.quotedAt = quotedAt;
    }

    public Wallet buyer() {
        return buyer;
    }

    public Wish wish() {
        return wish;
    }

    Means means() {
        return means;
    }

    /** What was signed; empty where it is paid with credit. */
    public Optional<Payment> payment() {
        return means instanceof Means.Signed signed ? Optional.of(signed.payment()) : Optional.empty();
    }

    /** Under which it is bought; empty under none. */
    public Optional<IdempotencyKey> name() {
        return switch (means) {
            case Means.Signed signed -> signed.name();
            case Means.Credit credit -> Optional.of(credit.name());
        };
    }

    public PaymentKey key() {
        return key;
    }

    public Instant quotedAt() {
        return quotedAt;
    }

    public List<Told> told() {
        return told;
    }

    /** The last order that it was told of. */
    public Optional<Answer.Order> order() {
        return told.reversed().stream().map(Told::answer).filter(Answer.Order.class::isInstance)
                .map(Answer.Order.class::cast).findFirst();
    }
}
