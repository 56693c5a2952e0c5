package io.x402compute.simulation.check;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.x402compute.http.IdempotencyKey;
import io.x402compute.inference.Job;
import io.x402compute.inference.JobId;
import io.x402compute.inference.JobState;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.PaidSegment;
import io.x402compute.order.OrderedRun;
import io.x402compute.payment.Claim;
import io.x402compute.payment.CreditEntry;
import io.x402compute.payment.CreditEntry.Kind;
import io.x402compute.payment.OrderId;
import io.x402compute.payment.PaymentState;
import io.x402compute.payment.Refund;
import io.x402compute.payment.Tender;
import io.x402compute.simulation.actor.Answer;
import io.x402compute.simulation.actor.Cast;
import io.x402compute.simulation.actor.Journal;
import io.x402compute.simulation.actor.Sale;
import io.x402compute.simulation.actor.Told;
import io.x402compute.simulation.world.Functions;
import io.x402compute.simulation.world.HostileUpstream;
import io.x402compute.simulation.world.Token.Transfer;
import io.x402compute.simulation.world.World;
import io.x402compute.x402.evm.ExactEvmReason;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.Usdc;

/** Paid exactly once, delivered or given back: once everything has come to rest. */
final class PaymentChecks {
    private static final Set<PaymentState> REFUNDED_OR_ABOUT_TO_BE = Set.of(PaymentState.REFUNDING,
            PaymentState.REFUND_UNKNOWN, PaymentState.REFUNDED);
    private static final String REFUNDER = World.REFUNDER.wallet().address();

    private final World world;
    private final Journal journal;
    private final Watch watch;

    PaymentChecks(World world, Journal journal, Watch watch) {
        this.world = world;
        this.journal = journal;
        this.watch = watch;
    }

    /** When what was refused may still move, and is looked at again. */
    void soFar() {
        p1OnePaymentBuysOneOrder();
        p3TheSamePaymentHasTheSameAnswer();
        p4NoFreshChallengeForMoneyThatHasMoved();
        p6NothingIsGivenBackTwice();
        p7WhatWasSettledIsWhatWasQuoted();
    }

    /** When no payment can move any more. */
    void all() {
        soFar();
        p5EverySettledOrderEndsDeliveredOrGivenBack();
        p8TheLedgerSumsToZero();
    }

    private void p1OnePaymentBuysOneOrder() {
        Map<OrderId, Sale> bought = new HashMap<>();
        for (Sale sale : journal.sales()) {
            Set<OrderId> orders = new HashSet<>();
            orders(sale).forEach(order -> orders.add(order.id()));
            // Under a name another payment may have bought what this one was refused for.
            Broken.unless(orders.size() <= 1 || sale.name().isPresent(), Rule.P1, "one payment has the orders %s",
                    orders);
            orders.forEach(order -> Broken.unless(
                    Optional.ofNullable(bought.put(order, sale)).filter(other -> !isOneWrite(other, sale)).isEmpty(),
                    Rule.P1, "order %s has two payments", order));
        }
        p1OneNameBuysOneOrder();
        List<String> segments = segments().map(PaidSegment::orderId).toList();
        Broken.unless(new HashSet<>(segments).size() == segments.size(), Rule.P1, "an order was delivered twice: %s",
                segments);
    }

    /** The same payment, or the same name: then the other payment is not taken. */
    private static boolean isOneWrite(Sale one, Sale other) {
        return one.key().equals(other.key())
                || (one.name().isPresent() && one.name().equals(other.name()));
    }

    /** Whatever it was paid with: of all payments under one name one is kept, and the others are not taken, or given back. */
    private void p1OneNameBuysOneOrder() {
        Map<IdempotencyKey, PaymentKey> kept = new HashMap<>();
        for (Sale sale : journal.sales()) {
            boolean fulfilled = world.ledger().find(sale.key())
                    .filter(claim -> claim.state() == PaymentState.FULFILLED).isPresent();
            sale.name().filter(_ -> fulfilled).ifPresent(name -> Broken.unless(
                    Optional.ofNullable(kept.put(name, sale.key())).filter(key -> !key.equals(sale.key())).isEmpty(),
                    Rule.P1, "one Idempotency-Key has bought twice"));
        }
    }

    private void p3TheSamePaymentHasTheSameAnswer() {
        for (Sale sale : journal.sales()) {
            for (Told first : sale.told()) {
                // Under a name the order is that of the payment which is kept, and that may be another one.
                if (sale.name().isEmpty() && first.answer() instanceof Answer.Order last && last.state().isFinal()) {
                    sale.told().stream().filter(later -> !later.askedAt().isBefore(first.heardAt()))
                            .map(Told::answer).filter(answer -> !isFailure(answer))
                            .forEach(answer -> Broken.unless(answer.equals(last), Rule.P3, "was told %s, then %s", last,
                                    answer));
                }
            }
        }
        journal.sales().stream().filter(sale -> sale.name().isEmpty()).forEach(PaymentChecks::p3AFailedRunStaysFailed);
        journal.misuses().stream().map(Told::answer).filter(answer -> !isFailure(answer))
                .forEach(
                        answer -> Broken.unless(answer instanceof Answer.Refused refused && refused.status() == 409,
                                Rule.P3,
                                "a payment for another request is answered %s", answer));
    }

    /** Unless somebody else has paid it all the same, and it is given back. */
    private static void p3AFailedRunStaysFailed(Sale sale) {
        Optional<Instant> failed = sale.told().stream()
                .filter(told -> told.answer() instanceof Answer.Order order && order.state() == PaymentState.RUN_FAILED)
                .map(Told::heardAt).findFirst();
        failed.ifPresent(at -> sale.told().stream().filter(later -> !later.askedAt().isBefore(at)).map(Told::answer)
                .filter(answer -> !isFailure(answer))
                .forEach(answer -> Broken.unless(answer instanceof Answer.Order order && order.status() >= 500, Rule.P3,
                        "was told that a run has failed, then %s", answer)));
    }

    private void p4NoFreshChallengeForMoneyThatHasMoved() {
        for (Sale sale : journal.sales()) {
            Optional<Instant> ordered = sale.told().stream()
                    .filter(told -> told.answer() instanceof Answer.Order).map(Told::heardAt).findFirst();
            Optional<Instant> moved = world.token().to(World.OPERATOR).stream()
                    .filter(transfer -> transfer.key().equals(sale.key())).map(Transfer::at).findFirst();
            for (Told told : sale.told()) {
                if (told.answer() instanceof Answer.Challenge challenge) {
                    // Under a name it may have been told of the order of another payment, which was refused since.
                    Broken.unless(
                            sale.name().isPresent() || ordered.filter(at -> !told.askedAt().isBefore(at)).isEmpty(),
                            Rule.P4,
                            "has an order, and is asked to pay (%s)", challenge.error());
                    Broken.unless(moved.filter(at -> told.askedAt().isAfter(at.plus(Duration.ofMinutes(2)))).isEmpty(),
                            Rule.P4, "has paid, and is asked to pay (%s)", challenge.error());
                }
            }
        }
    }

    private void p5EverySettledOrderEndsDeliveredOrGivenBack() {
        for (Transfer transfer : world.token().to(World.OPERATOR)) {
            Optional<Claim> claim = world.ledger().find(transfer.key());
            Broken.unless(claim.isPresent(), Rule.P5, "%s has moved and bought nothing", transfer);
            Broken.unless(claim.get().state().isFinal() && claim.get().state().isPaid(), Rule.P5,
                    "%s has moved and its order is %s", transfer, claim.get().state());
        }
        for (Claim claim : world.ledger().all()) {
            Broken.unless(claim.state().isFinal() || claim.state() == PaymentState.SETTLE_REFUSED
                    || claim.state() == PaymentState.RUN_FAILED, Rule.P5,
                    "order %s is still %s", claim.order().orderId(), claim.state());
            if (claim.state() == PaymentState.FULFILLED && !isTopUp(claim)) {
                isDelivered(claim);
            }
        }
    }

    private void isDelivered(Claim claim) {
        if (Accounts.isRun(claim)) {
            Broken.unless(job(claim).filter(job -> job.seen() && job.state() == JobState.COMPLETED).isPresent(),
                    Rule.R3, "order %s is called delivered and %s", claim.order().orderId(), job(claim));
            return;
        }
        OrderId order = claim.order().orderId();
        Optional<Instance> instance = world.instances().find(InstanceId.of(claim.order().subject()));
        Broken.unless(instance.filter(has -> has.wasExtendedBy(order.toString())).isPresent(), Rule.P5,
                "order %s is called delivered and is not", order);
        boolean used = watch.everUp().contains(claim.order().subject())
                || journal.unwanted().contains(instance.get().id());
        Broken.unless(used, Rule.P5, "order %s is called delivered and its machine was never up", order);
    }

    private Optional<Job> job(Claim claim) {
        return world.jobs().find(JobId.of(claim.order().subject()));
    }

    private void p6NothingIsGivenBackTwice() {
        Set<OrderId> known = new HashSet<>();
        for (Claim claim : world.ledger().all()) {
            known.add(claim.order().orderId());
            List<CreditEntry> given = Accounts.given(world, claim);
            long back = Accounts.sum(given.stream());
            Broken.unless(given.size() <= 1 && back <= claim.amount().micros(), Rule.P6,
                    "order %s of %s is credited %s", claim.order().orderId(), claim.amount(), given);
            Broken.unless(isOwed(claim, back), Rule.P6, "order %s of %s is %s, and %d was given back",
                    claim.order().orderId(), claim.amount(), claim.state(), back);
        }
        refundsAreOwed();
        Accounts.all(world, Kind.GIVEN).forEach(entry -> Broken.unless(
                known.contains(entry.order()) || entry.reason().equals(World.GIFT), Rule.P6,
                "credit for an order that is none: %s", entry));
    }

    /** Each transfer that went back belongs to an order that is refunded, or is about to be, and the other way round. */
    private void refundsAreOwed() {
        Map<PaymentKey, Claim> refunds = new HashMap<>();
        world.ledger().all().forEach(claim -> claim.refund().flatMap(Refund::transfer)
                .ifPresent(transfer -> refunds.put(transfer.key(), claim)));
        Set<PaymentKey> back = new HashSet<>();
        for (Transfer transfer : world.token().from(REFUNDER)) {
            Broken.unless(Optional.ofNullable(refunds.get(transfer.key()))
                    .filter(claim -> REFUNDED_OR_ABOUT_TO_BE.contains(claim.state())
                            && claim.amount().micros() == transfer.micros()
                            && claim.payer().address().equals(transfer.to()))
                    .isPresent(), Rule.P6, "%s belongs to no refund", transfer);
            back.add(transfer.key());
        }
        refunds.forEach((key, claim) -> Broken.unless(
                claim.state() != PaymentState.REFUNDED || back.contains(key), Rule.P6,
                "the refund of order %s is called made and is not", claim.order().orderId()));
    }

    private boolean isOwed(Claim claim, long back) {
        if (claim.state() == PaymentState.CREDITED
                || (claim.state() == PaymentState.FULFILLED && isTopUp(claim))) {
            return back == claim.amount().micros();
        }
        if (isTopUp(claim)) {
            return back == 0;
        }
        if (Accounts.isRun(claim)) {
            boolean metered = OrderedRun.of(claim).metered() && claim.state() == PaymentState.FULFILLED;
            return back == (metered ? claim.amount().minus(HostileUpstream.USED).micros() : 0)
                    // It is given before the order is called delivered.
                    || (claim.state() == PaymentState.SETTLED && OrderedRun.of(claim).metered());
        }
        Optional<Instance> instance = world.instances().find(InstanceId.of(claim.order().subject()))
                .filter(ended -> claim.state() == PaymentState.FULFILLED
                        && UnusedTimeDue.isDue(ended, watch.everUp().contains(ended.id().toString())));
        if (instance.isEmpty()) {
            return back == 0;
        }
        String order = claim.order().orderId().toString();
        Instant ended = instance.get().termination().orElseThrow().askedAt();
        long least = UnusedTimeDue.byOrder(instance.get(), ended).getOrDefault(order, 0L);
        long most = UnusedTimeDue.isCertain(instance.get())
                ? least
                : UnusedTimeDue.byOrder(instance.get(), Instant.EPOCH).getOrDefault(order, 0L);
        return least <= back && back <= most;
    }

    private void p7WhatWasSettledIsWhatWasQuoted() {
        for (Sale sale : journal.sales()) {
            world.ledger().find(sale.key()).ifPresent(claim -> {
                sale.payment().map(payment -> payment.requirements().amount())
                        .ifPresent(quoted -> Broken.unless(claim.ceiling().equals(quoted), Rule.P7,
                                "%s was quoted and %s ordered", quoted, claim.ceiling()));
                Broken.unless(claim.amount().equals(priceOf(claim)), Rule.P7, "%s of %s was taken for order %s",
                        claim.amount(), claim.ceiling(), claim.order().orderId());
                int hours = sale.wish().hours();
                segments().filter(segment -> segment.orderId().equals(claim.order().orderId().toString()))
                        .forEach(segment -> Broken.unless(segment.length().equals(Duration.ofHours(hours))
                                && segment.amount().equals(claim.amount()), Rule.P7, "%d hours for %s bought %s",
                                hours, claim.amount(), segment));
            });
            if (world.weather().wasTruthful()) {
                sale.told().forEach(told -> isHonoured(sale, told));
            }
        }
    }

    /** Who has signed a maximum pays what his run has used, once it is known. */
    private static Usdc priceOf(Claim claim) {
        boolean metered = claim.payment().flatMap(Payment::metered).isPresent();
        return metered && claim.progress().taking().isPresent() ? HostileUpstream.USED : claim.ceiling();
    }

    private static void isHonoured(Sale sale, Told told) {
        boolean inTime = told.heardAt().isBefore(sale.quotedAt().plusSeconds(Functions.OFFER.maxTimeoutSeconds()));
        boolean priceRefused = told.answer() instanceof Answer.Challenge challenge
                && (challenge.error().equals(Reasons.NO_MATCHING_REQUIREMENTS)
                        || challenge.error().equals(ExactEvmReason.VALUE_MISMATCH));
        Broken.unless(!inTime || !priceRefused, Rule.P7, "the price quoted at %s is refused at %s", sale.quotedAt(),
                told.heardAt());
    }

    private void p8TheLedgerSumsToZero() {
        long received = world.token().balance(World.OPERATOR);
        long settled = world.ledger().all().stream()
                .filter(claim -> claim.state().isPaid() && claim.tender() instanceof Tender.Transfer)
                .mapToLong(claim -> claim.amount().micros()).sum();
        Broken.unless(received == settled, Rule.P8, "%d was received and %d settled", received, settled);
        long given = Accounts.sum(Accounts.all(world, Kind.GIVEN));
        long spent = Accounts.sum(Accounts.all(world, Kind.SPENT));
        long left = Cast.wallets().stream().mapToLong(wallet -> world.credits().owed(wallet).micros()).sum();
        Broken.unless(given - spent == left && left >= 0, Rule.P8, "%d given, %d spent, %d left", given, spent, left);
        long consumed = world.ledger().all().stream().filter(claim -> claim.state() == PaymentState.FULFILLED)
                .mapToLong(claim -> claim.amount().micros() - Accounts.sum(Accounts.given(world, claim).stream()))
                .sum();
        long refunded = world.token().from(REFUNDER).stream().mapToLong(Transfer::micros).sum();
        long gifts = Accounts.sum(Accounts.all(world, Kind.GIVEN).filter(entry -> entry.reason().equals(World.GIFT)));
        Broken.unless(received + spent + gifts == consumed + given + refunded, Rule.P8,
                "%d received and %d spent for %d consumed, %d credited and %d refunded", received, spent, consumed,
                given,
                refunded);
    }

    private static boolean isTopUp(Claim claim) {
        return claim.order().kind().equals("TOPUP");
    }

    private Stream<PaidSegment> segments() {
        return world.instances().all().stream().flatMap(instance -> instance.segments().stream());
    }

    private static Stream<Answer.Order> orders(Sale sale) {
        return sale.told().stream().map(Told::answer).filter(Answer.Order.class::isInstance)
                .map(Answer.Order.class::cast);
    }

    private static boolean isFailure(Answer answer) {
        return answer instanceof Answer.Silence
                || (answer instanceof Answer.Refused refused && refused.status() >= 500);
    }
}
