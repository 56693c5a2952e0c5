package io.x402compute.simulation.actor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.x402compute.instance.InstanceId;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** A purchase as its buyer sees it: a request, the payment that was signed for it, and what was heard of it. */
public final class Sale {
    private final Wallet buyer;
    private final Optional<InstanceId> target;
    private final String body;
    private final int hours;
    private final Payment payment;
    private final PaymentKey key;
    private final Instant quotedAt;
    private final List<Told> told = new ArrayList<>();

    /**
     * @param target the machine to be extended; empty for a new one
     * @param hours that are wanted
     * @param quotedAt when the price was asked for
     */
    Sale(Wallet buyer, Optional<InstanceId> target, String body, int hours, Payment payment, Instant quotedAt) {
        this.buyer = buyer;
        this.target = target;
        this.body = body;
        this.hours = hours;
        this.payment = payment;
        this.key = payment.key();
        this.quotedAt = quotedAt;
    }

    public Wallet buyer() {
        return buyer;
    }

    public Optional<InstanceId> target() {
        return target;
    }

    String body() {
        return body;
    }

    public int hours() {
        return hours;
    }

    public Payment payment() {
        return payment;
    }

    public PaymentKey key() {
        return key;
    }

    public Usdc amount() {
        return payment.requirements().amount();
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
