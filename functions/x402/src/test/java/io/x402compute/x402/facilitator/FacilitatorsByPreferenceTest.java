package io.x402compute.x402.facilitator;

import static io.x402compute.x402.facilitator.SimulatedFacilitator.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Vectors;

class FacilitatorsByPreferenceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String ELSEWHERE = "{\"kinds\":[{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"base\"}]}";
    private static final Payment PAYMENT = new Payment(
            Vectors.offer().paidWith(Vectors.canonical(Vectors.signedBy(Vectors.PAYER, Vectors.SIGNATURE))),
            Vectors.OFFER);

    private final OnchainBench.TestClock clock = new OnchainBench.TestClock(Instant.ofEpochSecond(1740672092));
    private final Set<String> chain = new HashSet<>();
    private final SimulatedFacilitator first = new SimulatedFacilitator(clock, chain);
    private final SimulatedFacilitator second = new SimulatedFacilitator(clock, chain);
    private final FacilitatorsByPreference both = inOrder("first", "second");

    @Test
    void thePreferredOneIsAskedAndNobodyElse() {
        assertThat(both.verify(PAYMENT)).isInstanceOf(Verification.Verified.class);
        assertThat(both.settle(PAYMENT, prepared(), PATIENCE)).isInstanceOf(Settlement.Settled.class);

        assertThat(first.asked()).containsExactly("supported", "verify", "settle");
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void aVerdictOfThePreferredOneIsNotAppealed() {
        first.answers(answer(200, SupportedKindsTest.SAMPLES))
                .answers(answer(200, "{\"isValid\":false,\"invalidReason\":\"insufficient_funds\"}"));

        assertThat(both.verify(PAYMENT)).isEqualTo(new Verification.Rejected("insufficient_funds", ""));
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void theNextIsAskedWhereThePreferredOneDoesNotAnswer() {
        first.isDown(true);

        assertThat(both.verify(PAYMENT)).isInstanceOf(Verification.Verified.class);
        assertThat(prepared().facilitator()).isEqualTo("second");
    }

    @Test
    void theNextIsAskedWhereThePreferredOneDoesNotTakeTheKind() {
        first.lists(ELSEWHERE);

        assertThat(both.verify(PAYMENT)).isInstanceOf(Verification.Verified.class);
        assertThat(prepared().facilitator()).isEqualTo("second");
        assertThat(first.asked()).containsOnly("supported");
    }

    @Test
    void whatNobodyTakesIsRefused() {
        first.lists(ELSEWHERE);
        second.lists(ELSEWHERE);

        assertThat(both.support(PAYMENT)).isInstanceOf(Support.Unsupported.class);
        assertThat(both.verify(PAYMENT)).isInstanceOfSatisfying(Verification.Rejected.class,
                rejected -> assertThat(rejected.reason()).isEqualTo("invalid_network"));
        assertThat(both.prepare(PAYMENT)).isInstanceOf(Preparation.Refused.class);
    }

    @Test
    void whereSomebodyDoesNotAnswerNothingIsSaidOfThePayment() {
        first.lists(ELSEWHERE);
        second.isDown(true);

        assertThat(both.support(PAYMENT)).isInstanceOf(Support.Undiscovered.class);
        assertThat(both.verify(PAYMENT)).isInstanceOf(Verification.Unavailable.class);
        assertThat(both.prepare(PAYMENT)).isInstanceOf(Preparation.Unavailable.class);
    }

    @Test
    void whatWasSentToOneIsOnlyEverSentThere() {
        first.takes(PATIENCE.plusSeconds(1));
        SettlementHandle handle = SettlementHandle.REMOTE.at("first");
        assertThat(both.settle(PAYMENT, handle, PATIENCE)).isInstanceOf(Settlement.Unknown.class);
        first.isDown(true);
        for (int tries = 0; tries < 10; tries++) {
            assertThat(both.settle(PAYMENT, handle, PATIENCE)).isInstanceOf(Settlement.Unknown.class);
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(second.asked()).isEmpty();

        first.isDown(false);
        first.takes(Duration.ZERO);
        clock.advance(Duration.ofMinutes(10));
        assertThat(both.settle(PAYMENT, handle, PATIENCE)).isInstanceOf(Settlement.Refused.class);
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void handleRemembersWhereverItIsTakenUpAgain() {
        first.isDown(true);
        SettlementHandle handle = prepared();
        first.isDown(false);

        // Another process, which knows of no outage and prefers the first.
        FacilitatorsByPreference other = inOrder("first", "second");
        assertThat(other.settle(PAYMENT, handle, PATIENCE)).isInstanceOf(Settlement.Settled.class);
        assertThat(second.askedToSettle()).hasSize(1);
        assertThat(first.askedToSettle()).isEmpty();
    }

    @Test
    void whatWasPreparedForSomebodyWhoIsGoneIsUnknown() {
        SettlementHandle gone = new SettlementHandle("0xab", "0x02", 7).at("gone");

        assertThat(both.settle(PAYMENT, gone, PATIENCE)).isInstanceOfSatisfying(Settlement.Unknown.class,
                unknown -> assertThat(unknown.transaction()).isEqualTo("0xab"));
        assertThat(both.settle(PAYMENT, SettlementHandle.REMOTE, PATIENCE)).isInstanceOf(Settlement.Unknown.class);
        assertThat(both.reprice(PAYMENT, gone)).isInstanceOf(Repricing.Kept.class);
        assertThat(first.asked()).isEmpty();
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void whoeverIsSilentIsLeftAloneAndTriedAgainLater() {
        first.takes(Duration.ofMinutes(10));
        for (int settlements = 0; settlements < Circuit.FAILURES; settlements++) {
            both.settle(PAYMENT, SettlementHandle.REMOTE.at("first"), PATIENCE);
        }
        int asked = first.asked().size();

        assertThat(both.support(PAYMENT)).isEqualTo(new Support.Supported());
        assertThat(prepared().facilitator()).isEqualTo("second");
        assertThat(both.settle(PAYMENT, SettlementHandle.REMOTE.at("first"), PATIENCE))
                .isInstanceOf(Settlement.Unknown.class);
        assertThat(first.asked()).hasSize(asked);

        first.takes(Duration.ZERO);
        clock.advance(Circuit.FIRST_REST);
        assertThat(prepared().facilitator()).isEqualTo("first");
    }

    @Test
    void pendingUnderANameIsNoFailureAndNeitherIsAnAnswerThatHadNoTime() {
        for (int settlements = 0; settlements < 2 * Circuit.FAILURES; settlements++) {
            first.answers(
                    answer(500, "{\"success\":false,\"errorReason\":\"settlement_pending\",\"transaction\":\"%s\"}"
                            .formatted(Vectors.TRANSACTION)));
            both.settle(PAYMENT, SettlementHandle.REMOTE.at("first"), PATIENCE);
        }
        first.takes(RankedFacilitator.FAIR_WAIT);
        for (int settlements = 0; settlements < 2 * Circuit.FAILURES; settlements++) {
            both.settle(PAYMENT, SettlementHandle.REMOTE.at("first"), RankedFacilitator.FAIR_WAIT.minusMillis(1));
        }

        assertThat(prepared().facilitator()).isEqualTo("first");
    }

    @Test
    void anotherPriceStaysWithItsFacilitator() {
        OnchainBench bench = new OnchainBench();
        SequencedMap<String, Facilitator> one = new LinkedHashMap<>();
        one.put("ours", bench.facilitator);
        var ours = new FacilitatorsByPreference(one, bench.clock);
        SettlementHandle handle = ((Preparation.Prepared) ours.prepare(bench.payment())).handle();
        assertThat(handle.facilitator()).isEqualTo("ours");

        assertThat(ours.reprice(bench.payment(), handle)).isInstanceOfSatisfying(Repricing.Repriced.class,
                dearer -> assertThat(dearer.handle().facilitator()).isEqualTo("ours"));
    }

    @Test
    void whatWasPreparedBeforeThereWereNamesGoesToTheOneThatThereWas() {
        var later = inOrder(handle -> Optional.of("second"), "first", "second");

        assertThat(later.settle(PAYMENT, SettlementHandle.REMOTE, PATIENCE)).isInstanceOf(Settlement.Settled.class);
        assertThat(second.asked()).containsExactly("settle");
        assertThat(both.settle(PAYMENT, SettlementHandle.REMOTE, PATIENCE)).isInstanceOf(Settlement.Unknown.class);
        assertThat(first.asked()).isEmpty();
    }

    @Test
    void ourOwnTakeWhatTheyAreFor() {
        OnchainBench evm = new OnchainBench();
        SolanaBench solana = new SolanaBench(4);

        assertThat(evm.facilitator.support(evm.payment())).isEqualTo(new Support.Supported());
        assertThat(evm.facilitator.support(solana.payment())).isInstanceOf(Support.Unsupported.class);
        assertThat(solana.facilitator.support(solana.payment())).isEqualTo(new Support.Supported());
        assertThat(solana.facilitator.support(evm.payment())).isInstanceOf(Support.Unsupported.class);
    }

    @Test
    void whoWasSilentWhenItWasAskedToVerifyIsNotTheOneToSettle() {
        both.verify(PAYMENT);
        first.isDown(true);

        assertThat(both.verify(PAYMENT)).isInstanceOf(Verification.Verified.class);
        assertThat(prepared().facilitator()).isEqualTo("second");
        first.isDown(false);
        both.verify(PAYMENT);
        assertThat(prepared().facilitator()).isEqualTo("first");
    }

    @Test
    void whereThereIsNobodyElseTheOnlyOneIsAlwaysAsked() {
        var alone = inOrder("first");
        first.isDown(true);
        for (int outage = 0; outage < 2 * Circuit.FAILURES; outage++) {
            assertThat(alone.verify(PAYMENT)).isInstanceOf(Verification.Unavailable.class);
        }
        clock.advance(SupportDiscovery.BETWEEN_FAILURES);
        first.isDown(false);

        assertThat(alone.verify(PAYMENT)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void everyFacilitatorNeedsAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FacilitatorsByPreference(new LinkedHashMap<>(), clock));
        assertThatIllegalArgumentException().isThrownBy(() -> inOrder("first", ""));
    }

    private SettlementHandle prepared() {
        return ((Preparation.Prepared) both.prepare(PAYMENT)).handle();
    }

    private FacilitatorsByPreference inOrder(String... names) {
        return inOrder(handle -> Optional.empty(), names);
    }

    private FacilitatorsByPreference inOrder(Function<SettlementHandle, Optional<String>> unnamed, String... names) {
        SequencedMap<String, Facilitator> inOrder = new LinkedHashMap<>();
        for (String name : names) {
            inOrder.put(name, new RemoteFacilitator(name.equals("first") ? first : second, Vectors.RESOURCE,
                    Duration.ofSeconds(20), clock, clock::advance));
        }
        return new FacilitatorsByPreference(inOrder, unnamed, clock);
    }
}
