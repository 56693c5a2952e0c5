package io.x402compute.x402.facilitator;

import static io.x402compute.x402.facilitator.SimulatedFacilitator.LOST;
import static io.x402compute.x402.facilitator.SimulatedFacilitator.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Vectors;

/** How often a facilitator is asked what, and how long it is waited for. */
class RemoteFacilitatorRetriesTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Instant START = Instant.ofEpochSecond(1740672095);
    private static final FacilitatorReply BUSY = answer(429, "{}");
    private static final Payment PAYMENT = new Payment(
            Vectors.offer().paidWith(Vectors.canonical(Vectors.signedBy(Vectors.PAYER, Vectors.SIGNATURE))),
            Vectors.OFFER);

    private final OnchainBench.TestClock clock = new OnchainBench.TestClock(START);
    private final Set<String> chain = new HashSet<>();
    private final SimulatedFacilitator remote = new SimulatedFacilitator(clock, chain);
    private final RemoteFacilitator facilitator = facilitator(LONG);

    @Test
    void whatItSupportsIsAskedOnceForMany() {
        assertThat(facilitator.verify(PAYMENT)).isInstanceOf(Verification.Verified.class);
        assertThat(facilitator.prepare(PAYMENT)).isInstanceOf(Preparation.Prepared.class);
        assertThat(facilitator.verify(PAYMENT)).isInstanceOf(Verification.Verified.class);

        assertThat(remote.asked()).containsExactly("supported", "verify", "verify");
    }

    @Test
    void whatItDoesNotSupportIsNeitherVerifiedNorPrepared() {
        remote.lists("{\"kinds\":[{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"eip155:8453\"}]}");

        assertThat(facilitator.verify(PAYMENT)).isInstanceOfSatisfying(Verification.Rejected.class,
                rejected -> assertThat(rejected.reason()).isEqualTo("invalid_network"));
        assertThat(facilitator.prepare(PAYMENT)).isInstanceOfSatisfying(Preparation.Refused.class,
                refused -> assertThat(refused.reason()).isEqualTo("invalid_network"));
        assertThat(remote.asked()).containsExactly("supported");
    }

    @Test
    void whileItIsNotKnownWhatItSupportsNothingIsSaidOfThePayment() {
        remote.answers(answer(500, "{}")).answers(answer(200, "{\"kinds\":7}"));

        assertThat(facilitator.verify(PAYMENT)).isInstanceOf(Verification.Unavailable.class);
        assertThat(facilitator.prepare(PAYMENT)).isInstanceOf(Preparation.Unavailable.class);
        assertThat(facilitator.feePayer(Network.SOLANA_DEVNET)).isEmpty();
        clock.advance(SupportDiscovery.BETWEEN_FAILURES);
        assertThat(facilitator.support(PAYMENT)).isInstanceOf(Support.Undiscovered.class);
        assertThat(remote.asked()).containsExactly("supported", "supported");
    }

    @Test
    void feePayerIsAskedOfTheFacilitator() {
        assertThat(facilitator.feePayer(Network.SOLANA_DEVNET))
                .contains(io.x402compute.x402.solana.Vectors.FEE_PAYER.address());
    }

    @Test
    void listIsAskedForAgainWhileItIsBusy() {
        remote.answers(BUSY).answers(BUSY);

        assertThat(facilitator.support(PAYMENT)).isEqualTo(new Support.Supported());
        assertThat(waited()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void verifyIsAskedFourTimesAtMost() {
        facilitator.support(PAYMENT);
        remote.answers(BUSY).answers(answer(502, "{}")).answers(answer(503, "{}")).answers(answer(504, "{}"));

        assertThat(facilitator.verify(PAYMENT)).isInstanceOf(Verification.Unavailable.class);
        assertThat(remote.asked()).containsExactly("supported", "verify", "verify", "verify", "verify");
        assertThat(waited()).isEqualTo(Duration.ofSeconds(1 + 2 + 4));
    }

    @Test
    void nobodyWaitsForLongerThanThereIsTime() {
        RemoteFacilitator hurried = facilitator(Duration.ofSeconds(15));
        hurried.support(PAYMENT);
        remote.answers(new FacilitatorAnswer(429, answer(429, "{}").json(), Optional.of(Duration.ofSeconds(20))));

        assertThat(hurried.verify(PAYMENT)).isInstanceOf(Verification.Unavailable.class);
        assertThat(waited()).isZero();
    }

    @Test
    void repetitionsShareOneBudget() {
        RemoteFacilitator hurried = facilitator(Duration.ofSeconds(15));
        hurried.support(PAYMENT);
        remote.takes(Duration.ofSeconds(6));
        remote.answers(BUSY).answers(BUSY).answers(BUSY);

        assertThat(hurried.verify(PAYMENT)).isInstanceOf(Verification.Unavailable.class);
        // 6, a pause of 1, 6, and a pause of 2 would leave nothing.
        assertThat(waited()).isEqualTo(Duration.ofSeconds(13));
    }

    @Test
    void verdictIsNotAskedForAgainWhateverItsStatus() {
        facilitator.support(PAYMENT);
        remote.answers(answer(503, "{\"isValid\":false,\"invalidReason\":\"insufficient_funds\"}"));

        assertThat(facilitator.verify(PAYMENT)).isEqualTo(new Verification.Rejected("insufficient_funds", ""));
        assertThat(waited()).isZero();
    }

    static Stream<FacilitatorReply> noOutcomes() {
        return Stream.of(BUSY, answer(502, "{}"), answer(503, "{}"), answer(504, "{}"), answer(200, "{}"),
                answer(500, "{\"success\":false,\"errorReason\":\"settlement_pending\"}"), LOST);
    }

    @ParameterizedTest
    @MethodSource("noOutcomes")
    void settleIsNeverAskedAgainByItself(FacilitatorReply reply) {
        remote.answers(reply);

        assertThat(facilitator.settle(PAYMENT, SettlementHandle.REMOTE, LONG)).isInstanceOf(Settlement.Unknown.class);
        assertThat(remote.asked()).containsExactly("settle");
    }

    @Test
    void ninetySecondsWithoutAnAnswerAreUnknown() {
        remote.takes(Duration.ofSeconds(91));

        assertThat(facilitator.settle(PAYMENT, SettlementHandle.REMOTE, LONG)).isInstanceOf(Settlement.Unknown.class);
        assertThat(waited()).isEqualTo(Duration.ofSeconds(90));
        // What was not answered was done all the same.
        assertThat(chain).isEqualTo(Set.copyOf(List.of(Vectors.NONCE)));
    }

    @Test
    void whoeverAnswersWithinNinetySecondsIsHeard() {
        remote.takes(Duration.ofSeconds(90));

        assertThat(facilitator.settle(PAYMENT, SettlementHandle.REMOTE, LONG)).isInstanceOf(Settlement.Settled.class);
    }

    private Duration waited() {
        return Duration.between(START, clock.instant());
    }

    private RemoteFacilitator facilitator(Duration requestTimeout) {
        return new RemoteFacilitator(remote, Vectors.RESOURCE, requestTimeout, clock, clock::advance);
    }
}
