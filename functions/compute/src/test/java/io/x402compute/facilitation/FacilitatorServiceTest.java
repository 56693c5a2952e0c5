package io.x402compute.facilitation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.facilitation.SettleOutcome.Failed;
import io.x402compute.facilitation.SettleOutcome.Pending;
import io.x402compute.facilitation.SettleOutcome.Settled;
import io.x402compute.http.ManualClock;
import io.x402compute.payment.Claim;
import io.x402compute.payment.FakeLedger;
import io.x402compute.payment.OrderBinding;
import io.x402compute.payment.OrderId;
import io.x402compute.x402.protocol.FacilitatorRequest;
import io.x402compute.x402.protocol.Usdc;

/** One payment settles for one request, whoever presents it where and how often. */
class FacilitatorServiceTest {
    private static final String DUPLICATE = "duplicate_settlement";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final FakeRail rail = new FakeRail();
    private final FakeFacilitations rows = new FakeFacilitations();
    private final FakeLedger orders = new FakeLedger();
    private final List<String> gapsLookedFor = new ArrayList<>();
    private final FacilitatorService service = serving(new ServedPayments(new Usdc(10_000), Set.of()));
    private final FacilitationResumption resumption = new FacilitationResumption(rows, rail, rail,
            () -> gapsLookedFor.add("now"), clock);
    private int calls;

    @Test
    void aPaymentIsSettledAndToldToTheOneWhoAsked() {
        assertThat(settle(Presented.v2())).isEqualTo(new Settled("0x%064x".formatted(7)));
        assertThat(rail.broadcasts()).isOne();
    }

    static Stream<FacilitatorRequest> spellings() {
        return Stream.of(Presented.v2(), Presented.v1(), Presented.shouted(),
                Presented.v2("https://seller.example/another"));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void whatIsSettledIsSettledForNobodyElse(FacilitatorRequest again) {
        settle(Presented.v2());

        assertThat(settle(again)).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.reason()).isEqualTo(DUPLICATE));
        assertThat(rail.broadcasts()).isOne();
    }

    @Test
    void aCallWithANameCanBeMadeAgainAndIsToldTheSame() {
        SettleOutcome first = settle(Presented.v2(), "order 1");

        assertThat(settle(Presented.v2(), "order 1")).isEqualTo(first);
        assertThat(settle(Presented.v2(), "order 2")).isInstanceOf(Failed.class);
        assertThat(settle(Presented.v1(), "order 1")).isInstanceOf(Failed.class);
        assertThat(rail.broadcasts()).isOne();
    }

    @Test
    void whatIsPendingIsToldByTheSameRequestOnceItIsSettled() {
        rail.next(FakeRail.Trouble.SILENT);

        assertThat(settle(Presented.v2())).isEqualTo(new Pending("0x%064x".formatted(7)));
        assertThat(settle(Presented.v1())).isInstanceOf(Failed.class);
        assertThat(settle(Presented.shouted())).isEqualTo(new Settled("0x%064x".formatted(7)));
        assertThat(settle(Presented.v2())).isInstanceOf(Failed.class);
        assertThat(rail.broadcasts()).isOne();
    }

    @Test
    void whoAsksWhileAnotherIsAtItIsToldToWait() {
        List<SettleOutcome> meanwhile = new ArrayList<>();
        rail.whileSettling(() -> {
            meanwhile.add(settle(Presented.v2()));
            meanwhile.add(settle(Presented.v1()));
        });

        assertThat(settle(Presented.v2())).isInstanceOf(Settled.class);
        assertThat(meanwhile.getFirst()).isEqualTo(new Pending("0x%064x".formatted(7)));
        assertThat(meanwhile.getLast()).isInstanceOf(Failed.class);
        assertThat(rail.broadcasts()).isOne();
    }

    @Test
    void whatWasLeftUnderWayIsFinishedAndStillToldOnce() {
        rail.next(FakeRail.Trouble.PENDING);
        settle(Presented.v2());
        clock.advance(Duration.ofMinutes(2));

        assertThat(resumption.resume(inAMinute())).isOne();
        assertThat(rail.broadcasts()).isEqualTo(2);
        assertThat(resumption.resume(inAMinute())).isZero();
        assertThat(settle(Presented.v2())).isInstanceOf(Settled.class);
        assertThat(settle(Presented.v2())).isInstanceOf(Failed.class);
    }

    @Test
    void whileOneIsNotMinedItsNumberIsHeldAndGapsAreLookedFor() {
        rail.next(FakeRail.Trouble.PENDING);
        rail.next(FakeRail.Trouble.PENDING);
        settle(Presented.v2());
        clock.advance(Duration.ofMinutes(1));
        resumption.resume(inAMinute());

        assertThat(gapsLookedFor).hasSize(1);
        assertThat(FacilitationResumption.inFlight(rows, clock.instant().plusSeconds(180))).containsExactly(7L);
    }

    @Test
    void whatNobodyCanSendIsGivenUpAndCanBePresentedAgain() {
        rail.next(FakeRail.Trouble.OUTNUMBERED);

        assertThat(settle(Presented.v2())).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.reason()).isEqualTo("unexpected_settle_error"));
        assertThat(rows.due(Instant.MAX)).isEmpty();
        assertThat(settle(Presented.v1())).isInstanceOf(Settled.class);
    }

    @Test
    void whatHasFailedOnTheChainIsNotSentAgainAtOurExpense() {
        rail.next(FakeRail.Trouble.REVERTED);

        SettleOutcome failed = settle(Presented.v2());

        assertThat(failed).isEqualTo(
                new Failed("invalid_exact_evm_transaction_failed", "", "0x%064x".formatted(7)));
        assertThat(settle(Presented.v2())).isEqualTo(failed);
        assertThat(rail.broadcasts()).isOne();
    }

    @Test
    void whatAStrangerCarriesOutInBetweenIsSettled() {
        rail.whileSettling(() -> rail.broadcastByStranger(Presented.v2().payment()));

        assertThat(settle(Presented.v2())).isEqualTo(new Settled("0x" + "99".repeat(32)));
    }

    @Test
    void whatWasCarriedOutBeforeIsRefusedAndLeavesNothingBehind() {
        rail.broadcastByStranger(Presented.v2().payment());

        assertThat(settle(Presented.v2())).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.reason()).isEqualTo("invalid_exact_evm_nonce_already_used"));
        assertThat(rows.find(Presented.v2().payment().key())).isEmpty();
    }

    @Test
    void aFunctionThatDiesBeforeItSendsAnythingLeavesNothingThatMovesLater() {
        rows.insert(Facilitation.of(Presented.v2(), clock.instant().plusSeconds(90)));
        assertThat(settle(Presented.v2())).isEqualTo(new Pending(""));
        clock.advance(Duration.ofMinutes(2));

        resumption.resume(inAMinute());

        assertThat(rail.broadcasts()).isZero();
        assertThat(settle(Presented.v2())).isInstanceOf(Settled.class);
    }

    @Test
    void whatHasRunOutUnseenIsRefused() {
        rail.next(FakeRail.Trouble.PENDING);
        settle(Presented.v2());
        rail.isExpired(true);
        clock.advance(Duration.ofMinutes(10));

        resumption.resume(inAMinute());

        assertThat(settle(Presented.v2())).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.reason()).isEqualTo("payment_expired"));
    }

    @Test
    void whatOurOwnShopHasClaimedIsNotSentTwice() {
        OrderBinding order = new OrderBinding(OrderId.of("6f1c1a52-0b8e-4a3b-8a94-0d6f0a4c9d11"), "PROVISION",
                "subject",
                "fingerprint", "{}");
        orders.claim(Claim.of(Presented.v2().payment(), order, clock.instant(), clock.instant()));

        assertThat(settle(Presented.v2())).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.reason()).isEqualTo(DUPLICATE));
        assertThat(rail.broadcasts()).isZero();
    }

    @Test
    void whereTheNetworkCannotBeReachedNothingIsTakenIn() {
        rail.isReachable(false);

        assertThat(settle(Presented.v2())).isInstanceOf(SettleOutcome.Unavailable.class);
        assertThat(rows.find(Presented.v2().payment().key())).isEmpty();
    }

    static Stream<FacilitatorRequest> notServed() {
        return Stream.of(Presented.edited(json -> json.replace("\"90000\"", "\"9999\"")),
                Presented.edited(json -> json.replace(Presented.USDC, "0x" + "11".repeat(20))),
                Presented.edited(json -> json.replace(Presented.SELLER, "0x" + "22".repeat(20))));
    }

    private static FacilitatorRequest ofAnotherPayment(FacilitatorRequest request) {
        return FacilitatorRequest.of(request.text().replace(Presented.NONCE, "0x" + "ef".repeat(32)));
    }

    @ParameterizedTest
    @MethodSource("notServed")
    void dustOtherTokensAndOtherReceiversAreNotPaidFor(FacilitatorRequest request) {
        FacilitatorService choosy = serving(
                new ServedPayments(new Usdc(10_000), Set.of(Presented.SELLER.toLowerCase(Locale.ROOT))));

        assertThat(choosy.settle(call(Presented.v2(), "a"))).isInstanceOf(Settled.class);
        assertThat(choosy.settle(call(ofAnotherPayment(request), "b"))).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.reason()).isEqualTo("invalid_payment_requirements"));
        assertThat(rail.broadcasts()).isOne();
    }

    private FacilitatorService serving(ServedPayments served) {
        return new FacilitatorService(served, rows, orders, rail, rail, clock);
    }

    private SettleOutcome settle(FacilitatorRequest request) {
        return settle(request, "call/" + calls++);
    }

    private SettleOutcome settle(FacilitatorRequest request, String name) {
        return service.settle(call(request, name));
    }

    private Call call(FacilitatorRequest request, String name) {
        return new Call(request, name, inAMinute());
    }

    private Instant inAMinute() {
        return clock.instant().plusSeconds(60);
    }
}
