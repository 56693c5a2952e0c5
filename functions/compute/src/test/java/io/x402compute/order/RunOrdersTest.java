package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.ApiException;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.inference.FakeInference;
import io.x402compute.inference.Job;
import io.x402compute.inference.JobState;
import io.x402compute.inference.Service;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.Usdc;

/** Runs are sold: nobody gets one for nothing, and nobody pays for one that has failed. */
class RunOrdersTest {
    private static final int MOST_MOMENTS = 60;
    private static final String PAYER = Shop.AGENT.wallet().address();

    private final Shop shop = new Shop();
    private final PaymentPayload payment = signed();
    private final long before = shop.token.balance(PAYER);

    @Test
    void aShortRunIsPaidOnceItsResultIsThere() {
        shop.runs.duringNext(() -> assertThat(shop.token.transfers()).isZero());

        Claim order = Shop.order(shop.run(FakeInference.IMAGE, payment));

        assertThat(order.state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.runs.jobs().only().seen()).isTrue();
        assertThat(spent()).isEqualTo(FakeInference.PRICE.micros());
    }

    @Test
    void aLongRunIsPaidBeforeItIsQueued() {
        Claim order = Shop.order(shop.run(FakeInference.VIDEO, payment));

        assertThat(order.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(shop.runs.jobs().only().state()).isEqualTo(JobState.QUEUED);
        assertThat(shop.runs.calls()).isEmpty();

        shop.runs.workQueue();
        shop.minutes(2);

        assertThat(order().state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.runs.jobs().only().seen()).isTrue();
    }

    @Test
    void offersSayWhichOfTheTwoItIs() {
        assertThat(shop.wish(FakeInference.IMAGE).isPaidUpfront()).isFalse();
        assertThat(shop.wish(FakeInference.VIDEO).isPaidUpfront()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"upstream_failed", "upstream_timeout"})
    void aRunThatFailsIsNotAskedMoneyFor(String code) {
        shop.runs.failsNext(code);

        Claim failed = Shop.order(shop.run(FakeInference.IMAGE, payment));
        Claim again = Shop.order(shop.run(FakeInference.IMAGE, payment));
        shop.minutes(10);

        assertThat(List.of(failed, again, order())).allSatisfy(claim -> {
            assertThat(claim.state()).isEqualTo(PaymentState.RUN_FAILED);
            assertThat(claim.reason()).isEqualTo(code);
        });
        assertThat(shop.token.settlementsAsked()).isZero();
        assertThat(shop.runs.calls()).hasSize(1);
        assertThat(order().attendAt()).isEmpty();
    }

    @Test
    void aFailedRunThatAStrangerPaysAllTheSameIsGivenBack() {
        shop.runs.failsNext("upstream_failed");
        shop.run(FakeInference.IMAGE, payment);
        shop.token.broadcastByStranger(shop.judged(payment, FakeInference.PRICE));

        shop.minutes(10);

        assertThat(order().state()).isEqualTo(PaymentState.CREDITED);
        assertThat(order().reason()).isEqualTo("run_failed");
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(FakeInference.PRICE);
    }

    @Test
    void aWalletThatIsEmptiedDuringTheRunGetsNothingUntilItPaysAndThenTheSame() {
        shop.runs.duringNext(() -> shop.token.mint(PAYER, -shop.token.balance(PAYER)));

        Claim refused = Shop.order(shop.run(FakeInference.IMAGE, payment));

        assertThat(refused.state()).isEqualTo(PaymentState.SETTLE_REFUSED);
        assertThat(shop.runs.jobs().only().seen()).isFalse();
        shop.token.mint(PAYER, FakeInference.PRICE.micros());
        assertThat(Shop.order(shop.run(FakeInference.IMAGE, payment)).state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.runs.calls()).hasSize(1);
        assertThat(shop.runs.jobs().only().seen()).isTrue();
    }

    @Test
    void whoHasNotPaidForARunWaitsWithTheNextOrPaysForIt() {
        shop.runs.duringNext(() -> shop.token.mint(PAYER, -shop.token.balance(PAYER)));
        shop.run(FakeInference.IMAGE, payment);
        shop.token.mint(PAYER, 2 * FakeInference.PRICE.micros());

        assertUnsettled(signed());
        shop.run(FakeInference.IMAGE, payment);
        assertThat(Shop.order(shop.run(FakeInference.IMAGE, signed())).state()).isEqualTo(PaymentState.FULFILLED);
    }

    @Test
    void whoNeverPaysForARunMayBuyAnotherAfterAWhile() {
        shop.runs.duringNext(() -> shop.token.mint(PAYER, -shop.token.balance(PAYER)));
        shop.run(FakeInference.IMAGE, payment);
        shop.token.mint(PAYER, FakeInference.PRICE.micros());

        shop.clock.advance(RunTabs.UNPAID);

        assertThat(Shop.order(shop.run(FakeInference.IMAGE, signed())).state()).isEqualTo(PaymentState.FULFILLED);
    }

    @Test
    void manyPaymentsOfOneBalanceRunOne() {
        shop.token.mint(PAYER, FakeInference.PRICE.micros() - shop.token.balance(PAYER));
        PaymentPayload other = signed();
        shop.runs.duringNext(() -> assertUnsettled(other));

        shop.run(FakeInference.IMAGE, payment);

        assertThat(shop.runs.calls()).hasSize(1);
        assertThat(Shop.refusal(shop.run(FakeInference.IMAGE, other)))
                .isEqualTo("invalid_exact_evm_insufficient_balance");
        assertThat(shop.ledger.all()).hasSize(1);
    }

    @Test
    void twoThatHaveSeenTheSameTabRunOne() {
        PaymentPayload other = signed();
        shop.ledger.beforeNextTab(() -> shop.run(FakeInference.IMAGE, other));

        assertUnsettled(payment);

        assertThat(shop.runs.calls()).hasSize(1);
        assertThat(Shop.order(shop.run(FakeInference.IMAGE, payment)).state()).isEqualTo(PaymentState.FULFILLED);
    }

    @Test
    void aRunWhoseSettlementIsUnknownKeepsTheNextOneWaiting() {
        shop.token.next(FakeToken.Trouble.TIMEOUT_AFTER_SETTLING);
        assertThat(Shop.order(shop.run(FakeInference.IMAGE, payment)).state()).isEqualTo(PaymentState.SETTLE_UNKNOWN);
        assertThat(shop.runs.jobs().only().seen()).isFalse();

        assertUnsettled(signed());
        shop.minutes(4);

        assertThat(order().state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.runs.jobs().only().seen()).isTrue();
        assertThat(Shop.order(shop.run(FakeInference.IMAGE, signed())).state()).isEqualTo(PaymentState.FULFILLED);
    }

    @Test
    void aSettlementWhoseNumberWasUsedIsSentUnderAnotherAndNothingIsRunAgain() {
        shop.token.next(FakeToken.Trouble.OUTNUMBERED);
        assertThat(Shop.order(shop.run(FakeInference.IMAGE, payment)).state()).isEqualTo(PaymentState.RAN);

        shop.minutes(2);

        assertThat(order().state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.runs.calls()).hasSize(1);
    }

    @Test
    void aPaymentThatCouldBeOverBeforeItIsSettledRunsNothing() {
        shop.clock.advance(Duration.ofSeconds(241));

        assertThat(Shop.refusal(shop.run(FakeInference.IMAGE, payment)))
                .isEqualTo("invalid_exact_evm_payload_authorization_valid_before");
        assertThat(shop.ledger.all()).isEmpty();
        assertThat(Shop.order(shop.run(FakeInference.VIDEO, payment)).state()).isEqualTo(PaymentState.SETTLED);
    }

    @Test
    void aTransferThatCameBeforeItsRunPaysForIt() {
        shop.token.broadcastByStranger(shop.judged(payment, FakeInference.PRICE));

        assertThat(Shop.order(shop.run(FakeInference.IMAGE, payment)).state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void whatAMeteredRunHasNotUsedIsCreditedOnce() {
        Claim order = Shop.order(shop.run(FakeInference.METERED, payment));
        shop.run(FakeInference.METERED, payment);

        assertThat(order.state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(FakeInference.PRICE.minus(FakeInference.USED));
    }

    @Test
    void whoeverSignsAMaximumPaysWhatWasUsed() {
        Claim order = Shop.order(shop.run(FakeInference.METERED, maximum()));

        assertThat(order.state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(order.amount()).isEqualTo(FakeInference.USED);
        assertThat(order.ceiling()).isEqualTo(FakeInference.PRICE);
        assertThat(spent()).isEqualTo(FakeInference.USED.micros());
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Usdc.ZERO);
    }

    @Test
    void whatHasUsedMoreThanWasQuotedCostsWhatWasQuoted() {
        shop.runs.uses(FakeInference.PRICE.times(2));

        shop.run(FakeInference.METERED, maximum());

        assertThat(spent()).isEqualTo(FakeInference.PRICE.micros());
    }

    @Test
    void whatHasUsedNothingIsShownWithoutATransfer() {
        shop.runs.uses(Usdc.ZERO);

        Claim order = Shop.order(shop.run(FakeInference.METERED, maximum()));

        assertThat(order.state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(order.transaction()).isEmpty();
        assertThat(shop.runs.jobs().only().seen()).isTrue();
        assertThat(shop.token.transfers()).isZero();
    }

    @ParameterizedTest
    @MethodSource("fixed")
    void whatHasAFixedPriceIsNotSoldUpToIt(Service service) {
        assertThat(Shop.refusal(shop.run(service, maximum()))).isEqualTo("unsupported_payload_type");
        assertThat(shop.ledger.all()).isEmpty();
        assertThat(shop.runs.calls()).isEmpty();
    }

    static List<Service> fixed() {
        return List.of(FakeInference.IMAGE, FakeInference.VIDEO);
    }

    @Test
    void aMaximumThatIsOverTooSoonRunsNothing() {
        PaymentPayload maximum = maximum();
        shop.clock.advance(Duration.ofSeconds(241));

        assertThat(Shop.refusal(shop.run(FakeInference.METERED, maximum))).isEqualTo("permit2_deadline_expired");
        assertThat(shop.ledger.all()).isEmpty();
    }

    @Test
    void aMaximumThatWasSettledElsewhereForLessShowsNothing() {
        PaymentPayload maximum = maximum();
        shop.runs.duringNext(() -> shop.token.broadcastByStranger(shop.taken(maximum, new Usdc(1))));

        Claim order = Shop.order(shop.run(FakeInference.METERED, maximum));
        shop.minutes(10);

        assertThat(List.of(order, order())).allSatisfy(claim -> {
            assertThat(claim.state()).isEqualTo(PaymentState.SETTLE_REFUSED);
            assertThat(claim.reason()).isEqualTo(OrderAdvancer.SETTLED_FOR_LESS);
        });
        assertThat(shop.runs.jobs().only().seen()).isFalse();
        assertThat(order().attendAt()).isEmpty();
    }

    @Test
    void aFailedRunWhoseMaximumWasSettledElsewhereGivesNothingBack() {
        PaymentPayload maximum = maximum();
        shop.runs.failsNext("upstream_failed");
        shop.run(FakeInference.METERED, maximum);
        shop.token.broadcastByStranger(shop.taken(maximum, new Usdc(1)));

        shop.minutes(10);

        assertThat(order().state()).isEqualTo(PaymentState.RUN_FAILED);
        assertThat(order().attendAt()).isEmpty();
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Usdc.ZERO);
    }

    @Test
    void aMaximumThatIsSettledAfterARefusalIsGivenBackAsFarAsItWasTaken() {
        shop.token.next(FakeToken.Trouble.REFUSED);
        PaymentPayload maximum = maximum();
        assertThat(Shop.order(shop.run(FakeInference.METERED, maximum)).state())
                .isEqualTo(PaymentState.SETTLE_REFUSED);
        shop.token.broadcastByStranger(shop.taken(maximum, FakeInference.USED));

        shop.minutes(10);

        assertThat(order().state()).isEqualTo(PaymentState.CREDITED);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(FakeInference.USED);
    }

    @Test
    void whatWasTakenAndCannotBeShownIsGivenBackAndNoMore() {
        shop.token.next(FakeToken.Trouble.TIMEOUT_AFTER_SETTLING);
        shop.run(FakeInference.METERED, maximum());
        shop.clock.advance(Job.KEPT);

        shop.minutes(3);

        assertThat(order().state()).isEqualTo(PaymentState.CREDITED);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(FakeInference.USED);
    }

    @Test
    void creditPaysForARunBeforeItIsRun() {
        shop.gift(Shop.AGENT.wallet(), FakeInference.PRICE);
        shop.runs.duringNext(() -> assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Usdc.ZERO));

        Claim order = Shop.order(shop.runWithCredit(FakeInference.METERED, Shop.AGENT.wallet(), "mine"));

        assertThat(order.state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(FakeInference.PRICE.minus(FakeInference.USED));
    }

    @ParameterizedTest
    @MethodSource("paidFirst")
    void aRunThatWasPaidFirstAndFailsIsCredited(Service service) {
        shop.gift(Shop.AGENT.wallet(), FakeInference.PRICE);
        shop.runs.failsNext("upstream_timeout");

        shop.runWithCredit(service, Shop.AGENT.wallet(), "mine");
        shop.runs.workQueue();
        shop.minutes(2);

        assertThat(order().state()).isEqualTo(PaymentState.CREDITED);
        assertThat(order().reason()).isEqualTo("run_failed");
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(FakeInference.PRICE);
        assertThat(shop.runs.jobs().only().order()).contains(order().key().value());
    }

    static List<Service> paidFirst() {
        return List.of(FakeInference.IMAGE, FakeInference.VIDEO);
    }

    @Test
    void whoHasNoTimeLeftForAPaidRunLeavesItToTheQueue() {
        shop.gift(Shop.AGENT.wallet(), FakeInference.PRICE);

        shop.runWithCredit(FakeInference.IMAGE, Shop.AGENT.wallet(), "mine", shop.clock.instant().plusSeconds(6));

        assertThat(shop.runs.jobs().only().state()).isEqualTo(JobState.QUEUED);
        assertThat(order().state()).isEqualTo(PaymentState.SETTLED);
    }

    @Test
    void aResultThatIsGoneBeforeItsSettlementIsKnownIsGivenBack() {
        shop.token.next(FakeToken.Trouble.TIMEOUT_AFTER_SETTLING);
        shop.run(FakeInference.IMAGE, payment);
        shop.clock.advance(Job.KEPT);

        shop.minutes(3);

        assertThat(order().state()).isEqualTo(PaymentState.CREDITED);
        assertThat(shop.runs.calls()).hasSize(1);
    }

    @Test
    void whatNobodyCanRunIsNotSold() {
        shop.runs.withoutUpstream();

        assertThatThrownBy(() -> shop.run(FakeInference.IMAGE, payment)).isInstanceOf(ApiException.class)
                .hasFieldOrPropertyWithValue("code", "service_unavailable");
        assertThat(shop.ledger.all()).isEmpty();
    }

    @Test
    void oneKeyBuysOneRunHoweverItEnds() {
        IdempotencyKey key = new IdempotencyKey("the run");
        shop.runs.failsNext("upstream_failed");
        Claim failed = Shop.order(shop.run(shop.wish(FakeInference.IMAGE), payment, Optional.of(key)));

        Claim again = Shop.order(shop.run(shop.wish(FakeInference.IMAGE), signed(), Optional.of(key)));

        assertThat(again.key()).isEqualTo(failed.key());
        assertThat(again.state()).isEqualTo(PaymentState.RUN_FAILED);
        assertThat(shop.runs.calls()).hasSize(1);
    }

    @Test
    void aPaymentForOneRunBuysNoOther() {
        shop.run(FakeInference.IMAGE, payment);

        assertThatThrownBy(
                () -> shop.run(shop.wish(FakeInference.IMAGE, "a dog"), payment, Optional.empty()))
                .hasFieldOrPropertyWithValue("code", "payment_already_used");
    }

    static Stream<Integer> moments() {
        return IntStream.range(0, MOST_MOMENTS).boxed();
    }

    /** Whatever a run is bought with, wherever its function dies. */
    @ParameterizedTest
    @MethodSource("moments")
    void whereverAFunctionDiesARunIsRunOnceAndPaidOrCostsNothing(int moment) {
        for (Service service : List.of(FakeInference.IMAGE, FakeInference.METERED, FakeInference.VIDEO)) {
            diesAt(moment, service, Means.TRANSFER);
            diesAt(moment, service, Means.CREDIT);
        }
        diesAt(moment, FakeInference.METERED, Means.MAXIMUM);
    }

    private enum Means {
        TRANSFER, MAXIMUM, CREDIT
    }

    private static void diesAt(int moment, Service service, Means means) {
        Crashes crashes = new Crashes(RandomGenerator.getDefault());
        Shop mortal = new Shop(crashes);
        long micros = mortal.token.balance(PAYER);
        mortal.gift(Shop.AGENT.wallet(), FakeInference.PRICE);
        PaymentPayload paid = means == Means.MAXIMUM
                ? mortal.upTo(Shop.AGENT, FakeInference.PRICE)
                : mortal.payment(Shop.AGENT, FakeInference.PRICE);
        boolean onCredit = means == Means.CREDIT;
        crashes.armedAt(moment);
        try {
            buy(mortal, service, paid, onCredit);
        } catch (Crashes.Crash died) {
            assertThat(mortal.runs.calls()).hasSizeLessThanOrEqualTo(1);
        }
        crashes.disarmed();
        buy(mortal, service, paid, onCredit);
        mortal.minutes(3);
        mortal.runs.workQueue();
        mortal.minutes(10);
        buy(mortal, service, paid, onCredit);
        mortal.runs.workQueue();
        mortal.minutes(3);

        Claim order = mortal.ledger.all().getFirst();
        assertThat(mortal.ledger.all()).hasSize(1);
        assertThat(mortal.runs.calls()).hasSizeLessThanOrEqualTo(1);
        assertThat(order.attendAt()).isEmpty();
        long cost = micros - mortal.token.balance(PAYER) + FakeInference.PRICE.micros()
                - mortal.credits.owed(Shop.AGENT.wallet()).micros();
        boolean shown = mortal.runs.jobs().all().stream()
                .anyMatch(job -> job.seen() && job.state() == JobState.COMPLETED);
        long price = service.equals(FakeInference.METERED) ? FakeInference.USED.micros() : FakeInference.PRICE.micros();
        assertThat(cost).isEqualTo(shown ? price : 0);
        assertThat(order.state() == PaymentState.FULFILLED).isEqualTo(shown);
    }

    private static void buy(Shop mortal, Service service, PaymentPayload paid, boolean onCredit) {
        CheckoutResult result = onCredit
                ? mortal.runWithCredit(service, Shop.AGENT.wallet(), "mine")
                : mortal.run(service, paid);
        assertThat(result).isInstanceOfAny(CheckoutResult.Ordered.class, CheckoutResult.Challenged.class);
    }

    private void assertUnsettled(PaymentPayload another) {
        assertThatThrownBy(() -> shop.run(FakeInference.IMAGE, another)).isInstanceOf(ApiException.class)
                .hasFieldOrPropertyWithValue("code", "run_unsettled");
    }

    private PaymentPayload maximum() {
        return shop.upTo(Shop.AGENT, FakeInference.PRICE);
    }

    private PaymentPayload signed() {
        return shop.payment(Shop.AGENT, FakeInference.PRICE);
    }

    private Claim order() {
        return shop.ledger.all().getFirst();
    }

    private long spent() {
        return before - shop.token.balance(PAYER);
    }
}
