package io.x402compute.x402.client;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.Usdc;

/**
 * Which payments there are and how they stand: the journal, added up. Every change is in the journal before it is here, and
 * whether a payment may be made and that it is made are one step, however many threads buy.
 */
final class PaymentBook {
    private final Journal journal;
    private final SpendingLimits limits;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, PaymentStanding> byPurchase = new HashMap<>();
    private final Map<String, PaymentStanding> byPayment = new HashMap<>();
    private final Map<LocalDate, Usdc> signed = new HashMap<>();

    PaymentBook(Journal journal, List<JournalEntry> past, SpendingLimits limits, Clock clock) {
        this.journal = journal;
        this.limits = limits;
        this.clock = clock;
        past.forEach(this::apply);
    }

    /** What became of the wish to pay for a purchase. */
    sealed interface Entered {
        /** This payment is for the purchase, and in the journal. */
        record ToBeSent(SignedPayment payment) implements Entered {}

        /** Somebody was quicker: that payment is for the purchase, and nothing else may be sent. */
        record AnotherIs(SignedPayment payment) implements Entered {}

        record OverLimit(Usdc left) implements Entered {}
    }

    /**
     * The payment that the purchase's request has to be sent with; empty when it may have a new one.
     *
     * @throws IllegalArgumentException when its {@code Idempotency-Key} was used with another request
     */
    Optional<SignedPayment> paymentFor(PurchaseKey key) {
        lock.lock();
        try {
            Optional<PaymentStanding> standing = Optional.ofNullable(byPurchase.get(key.purchase()));
            if (standing.filter(known -> !known.request().equals(key.request())).isPresent()) {
                throw new IllegalArgumentException("that Idempotency-Key was used with another request");
            }
            return standing.filter(known -> !known.mayBeFollowed(clock.instant(), key.named()))
                    .map(PaymentStanding::payment);
        } finally {
            lock.unlock();
        }
    }

    /** The most that could be paid now. */
    Usdc left() {
        lock.lock();
        try {
            return limits.left(signed.getOrDefault(day(clock.instant()), Usdc.ZERO));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes the payment down, to be sent.
     *
     * @throws IOException when it is not certain that it is written
     */
    Entered enter(PurchaseKey key, PaymentPayload payload) throws IOException {
        lock.lock();
        try {
            Optional<SignedPayment> another = paymentFor(key);
            if (another.isPresent()) {
                return new Entered.AnotherIs(another.get());
            }
            SignedPayment payment = new SignedPayment(payload, clock.instant());
            Usdc left = left();
            if (payment.amount().compareTo(left) > 0) {
                return new Entered.OverLimit(left);
            }
            write(new JournalEntry.Signed(key.purchase(), key.request(), payment));
            return new Entered.ToBeSent(payment);
        } finally {
            lock.unlock();
        }
    }

    void sentAgain(SignedPayment payment) throws IOException {
        write(new JournalEntry.SentAgain(clock.instant(), payment.id()));
    }

    void answered(SignedPayment payment, int status, Verdict verdict) throws IOException {
        write(new JournalEntry.Answered(clock.instant(), payment.id(), status, verdict));
    }

    /** @throws IllegalArgumentException when the journal has no such payment */
    void abandoned(SignedPayment payment) throws IOException {
        JournalEntry entry = new JournalEntry.Abandoned(clock.instant(), payment.id());
        lock.lock();
        try {
            standing(entry.paymentId());
            write(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was ever sent without being refused. */
    boolean isInDoubt(SignedPayment payment) {
        lock.lock();
        try {
            return !standing(payment.id()).wasRefusedEachTime();
        } finally {
            lock.unlock();
        }
    }

    /** Those that may still happen or may have happened unseen, oldest first. */
    List<SignedPayment> unresolved() {
        lock.lock();
        try {
            Instant now = clock.instant();
            return byPayment.values().stream().filter(standing -> !standing.mayBeFollowed(now, false))
                    .map(PaymentStanding::payment).sorted(Comparator.comparing(SignedPayment::signedAt)).toList();
        } finally {
            lock.unlock();
        }
    }

    private void write(JournalEntry entry) throws IOException {
        lock.lock();
        try {
            journal.append(entry);
            apply(entry);
        } finally {
            lock.unlock();
        }
    }

    private void apply(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.Signed(String purchase, String request, SignedPayment payment) -> {
                PaymentStanding standing = new PaymentStanding(payment, request);
                byPurchase.put(purchase, standing);
                byPayment.put(payment.id(), standing);
                signed.merge(day(payment.signedAt()), payment.amount(), Usdc::plus);
            }
            case JournalEntry.SentAgain again -> standing(again.paymentId()).sentAgain();
            case JournalEntry.Answered answer -> standing(answer.paymentId()).answered(answer.verdict());
            case JournalEntry.Abandoned abandoned -> standing(abandoned.paymentId()).abandoned();
        }
    }

    private PaymentStanding standing(String paymentId) {
        return Optional.ofNullable(byPayment.get(paymentId))
                .orElseThrow(() -> new IllegalArgumentException("the journal has no payment " + paymentId));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
