package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.x402compute.inference.FakeInference;
import io.x402compute.instance.FailureReason;
import io.x402compute.instance.FakeProvider;
import io.x402compute.instance.InstanceState;
import io.x402compute.page.PageRequest;
import io.x402compute.payment.Claim;
import io.x402compute.payment.CreditEntry;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.Usdc;

/** The code does what the published rules say: each rule is brought about, and what comes back is counted. */
class RefundPolicyTest {
    private static final int DAY = 24;
    /** As long as a lease may be, less a day. */
    private static final int MOST = 4320 - DAY;

    private final Shop shop = new Shop();

    @ParameterizedTest
    @EnumSource
    void anOrderThatIsGivenBackIsGivenBackWholeOnceAndForItsReason(RefundReason reason) {
        Claim order = bringAbout(reason);

        assertThat(order.state()).isEqualTo(PaymentState.CREDITED);
        assertThat(order.reason()).isEqualTo(reason.code());
        assertThat(reason.orders()).contains(OrderKind.of(order));
        assertThat(shop.credits.entries(order.payer(), PageRequest.newest(9)).rows())
                .filteredOn(entry -> entry.order().equals(order.order().orderId()))
                .singleElement().satisfies(entry -> {
                    assertThat(entry.amount()).isEqualTo(order.amount());
                    assertThat(entry.reason()).isEqualTo(reason.code());
                });
    }

    @Test
    void everyFailureOfAMachineHasARuleOfItsOwn() {
        assertThat(FailureReason.values()).allSatisfy(
                failure -> assertThat(RefundReason.ofFailure(failure.code()).code()).isEqualTo(failure.code()));
        assertThat(Arrays.stream(RefundReason.values()).map(RefundReason::code)).doesNotHaveDuplicates();
    }

    @Test
    void timeForAMachineThatNeverComesUpIsGivenBackWithIt() {
        shop.provider.bootsNever();
        buy();
        Claim time = extend(DAY);
        pass(RefundPolicy.BOOT_DEADLINE);

        assertThat(again(time).reason()).isEqualTo(RefundReason.BOOT_TIMEOUT.code());
        assertThat(RefundReason.BOOT_TIMEOUT.orders()).contains(OrderKind.EXTEND);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Shop.day().times(2));
    }

    @Test
    void nothingIsGivenUpBeforeTheBootDeadline() {
        shop.provider.bootsNever();
        buy();
        shop.minutes((int) RefundPolicy.BOOT_DEADLINE.toMinutes() - 1);

        assertThat(shop.instances.only().state()).isEqualTo(InstanceState.PROVISIONING);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Usdc.ZERO);
    }

    @Test
    void unusedTimeIsWholeHoursAfterTheFirstAndTheNewestComesBack() {
        buy();
        shop.minutes(4);
        Claim newest = extend(DAY);
        shop.clock.advance(Duration.ofMinutes(90));

        shop.destroy(shop.instances.only());

        Usdc hour = FakeCatalogue.FIRST_HOURLY;
        // 94 minutes are used; of 46 hours and 26 minutes that are left the whole hours count.
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(hour.times(46));
        assertThat(entry(newest)).satisfies(entry -> {
            assertThat(entry.amount()).isEqualTo(hour.times(24));
            assertThat(entry.reason()).isEqualTo(RefundPolicy.UNUSED_TIME);
        });
    }

    @Test
    void theFirstHourIsUsedHoweverSoonAMachineEnds() {
        buy();

        shop.destroy(shop.instances.only());

        long kept = RefundPolicy.LEAST_USED.dividedBy(RefundPolicy.UNIT);
        assertThat(shop.credits.owed(Shop.AGENT.wallet()))
                .isEqualTo(FakeCatalogue.FIRST_HOURLY.times(24 - kept));
    }

    @Test
    void aLeaseThatRanOutAndCreditThatWasBoughtAreKept() {
        buy();
        shop.clock.advance(Duration.ofDays(2));
        shop.minutes(9);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Usdc.ZERO);

        shop.topUp("{\"amount\":5}", paid(new Usdc(5_000_000)));
        shop.minutes(9);
        assertThat(shop.token.balance(Shop.OPERATOR)).isEqualTo(Shop.day().micros() + 5_000_000);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(new Usdc(5_000_000));
    }

    @Test
    void aMachineOutlivesItsEndForAnExtensionThatWasClaimedInTimeAndNoLonger() {
        buy();
        shop.minutes(4);
        Instant end = shop.instances.only().expiresAt();
        shop.clock.set(end.minusSeconds(1));
        shop.token.next(FakeToken.Trouble.TIMEOUT_BEFORE_SENDING);
        shop.token.chainUnreadable(true);
        extend(DAY);

        shop.clock.set(end.plus(RefundPolicy.EXTENSION_GRACE).minusSeconds(1));
        shop.sweep();
        assertThat(shop.instances.only().state()).isEqualTo(InstanceState.ACTIVE);

        shop.clock.set(end.plus(RefundPolicy.EXTENSION_GRACE));
        shop.sweep();
        assertThat(shop.instances.only().outcome()).isEqualTo(InstanceState.EXPIRED);
    }

    /** Exhaustive: a reason without a way to it is no reason. */
    private Claim bringAbout(RefundReason reason) {
        return switch (reason) {
            case NO_CAPACITY -> refusedBy(FakeProvider.Trouble.REFUSED);
            case PROVIDER_REFUSED -> refusedBy(FakeProvider.Trouble.REJECTED);
            case PROVIDER_UNAUTHORIZED -> refusedBy(FakeProvider.Trouble.BARRED);
            case BOOT_TIMEOUT -> {
                shop.provider.bootsNever();
                Claim order = buy();
                pass(RefundPolicy.BOOT_DEADLINE);
                yield again(order);
            }
            case MACHINE_VANISHED -> {
                shop.provider.bootsNever();
                Claim order = buy();
                shop.provider.liveIds().forEach(shop.provider::remove);
                pass(RefundPolicy.BOOT_DEADLINE);
                yield again(order);
            }
            case NOT_DELIVERED -> {
                Claim order = buy();
                shop.fail(shop.instances.only(), "something_else");
                shop.minutes(2);
                yield again(order);
            }
            case LEASE_OVER -> {
                buy();
                shop.minutes(4);
                Claim time = unanswered();
                shop.destroy(shop.instances.only());
                yield settledLater(time);
            }
            case PREPAID_LIMIT_EXCEEDED -> {
                buy();
                shop.minutes(4);
                Claim time = unanswered();
                extend(MOST);
                yield settledLater(time);
            }
            case RUN_FAILED -> {
                shop.runs.failsNext("upstream_timeout");
                Claim order = Shop.order(shop.run(FakeInference.VIDEO, shop.payment(Shop.AGENT, FakeInference.PRICE)));
                shop.runs.workQueue();
                shop.minutes(2);
                yield again(order);
            }
            case PRICE_CHANGED -> strayed(new Usdc(1));
            case NOT_FOR_SALE -> {
                shop.catalogue.soldOut();
                yield strayed(Shop.day());
            }
            case SETTLED_AFTER_REFUSAL -> {
                PaymentPayload payment = shop.payment(Shop.AGENT, Shop.day());
                shop.token.next(FakeToken.Trouble.REFUSED);
                Claim refused = Shop.order(shop.buy(payment));
                shop.token.broadcastByStranger(shop.judged(payment, Shop.day()));
                pass(Duration.ofMinutes(5).plus(RefundPolicy.LATE_TRANSFER));
                yield again(refused);
            }
        };
    }

    /** Presented when it has moved already. */
    private Claim strayed(Usdc amount) {
        PaymentPayload payment = shop.payment(Shop.AGENT, amount);
        shop.token.broadcastByStranger(shop.judged(payment, amount));
        return Shop.order(shop.buy(payment));
    }

    private Claim refusedBy(FakeProvider.Trouble trouble) {
        shop.provider.next(trouble);
        return buy();
    }

    private Claim buy() {
        return Shop.order(shop.buy(shop.payment(Shop.AGENT, Shop.day())));
    }

    private Claim extend(int hours) {
        return Shop.order(shop.extend("{\"extend_hours\":" + hours + "}",
                paid(FakeCatalogue.FIRST_HOURLY.times(hours)), Optional.empty()));
    }

    /** An extension whose settlement nobody hears of for now. */
    private Claim unanswered() {
        shop.token.next(FakeToken.Trouble.TIMEOUT_AFTER_SETTLING);
        Claim unknown = extend(DAY);
        assertThat(unknown.state()).isEqualTo(PaymentState.SETTLE_UNKNOWN);
        return unknown;
    }

    private Claim settledLater(Claim unknown) {
        shop.minutes(3);
        return again(unknown);
    }

    private void pass(Duration duration) {
        shop.minutes((int) duration.toMinutes() + 3);
    }

    private Claim again(Claim claim) {
        return shop.ledger.find(claim.key()).orElseThrow();
    }

    private CreditEntry entry(Claim claim) {
        return shop.credits.entries(claim.payer(), PageRequest.newest(9)).rows().stream()
                .filter(entry -> entry.order().equals(claim.order().orderId())).findFirst().orElseThrow();
    }

    private DecodedPayment paid(Usdc amount) {
        return new DecodedPayment.Decoded(shop.payment(Shop.AGENT, amount));
    }
}
