package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.x402.evm.Metered;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Vectors;

class RemoteFacilitatorTest {
    private static final Instant IN_TIME = Instant.ofEpochSecond(1740672100);
    private static final Instant TOO_LATE = Instant.ofEpochSecond(1740672150);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration TINY = Duration.ofMillis(30);
    private static final String HASH = "0xAB" + "cd".repeat(31);
    private static final String PAYER = Hex.lowerCase(Vectors.PAYER);
    private static final SchemePayload SIGNED = Vectors.canonical(Vectors.signedBy(Vectors.PAYER, Vectors.SIGNATURE));
    private static final Payment V1 = new Payment(new PaymentPayload(1, "exact", Network.BASE_SEPOLIA, SIGNED,
            Optional.empty(), Optional.empty()), Vectors.OFFER);
    private static final Payment V2 = new Payment(Vectors.offer().paidWith(SIGNED), Vectors.OFFER);

    private final List<Duration> pauses = new ArrayList<>();
    private FacilitatorDouble remote;

    @BeforeEach
    void start() throws IOException {
        remote = new FacilitatorDouble();
    }

    @AfterEach
    void stop() {
        remote.close();
    }

    @Test
    void version2PaymentIsVerifiedInVersion2Envelope() {
        remote.answers(200, "{\"isValid\":true,\"payer\":\"" + Vectors.PAYER + "\"}");

        assertThat(facilitator().verify(V2)).isEqualTo(new Verification.Verified(PAYER));

        assertThat(remote.paths()).containsExactly("/facilitator/verify");
        assertThat(remote.envelopes()).singleElement().satisfies(envelope -> {
            assertThat(envelope.get("x402Version").intValue()).isEqualTo(2);
            assertThat(envelope.get("paymentPayload")).isEqualTo(V2.payload().toJson());
            assertThat(envelope.get("paymentRequirements")).isEqualTo(Vectors.OFFER.toV2Json());
        });
    }

    @Test
    void version1PaymentIsSettledInVersion1Envelope() {
        remote.answers(200, receipt("base-sepolia"));

        assertThat(settle(V1)).isEqualTo(new Settlement.Settled(Hex.lowerCase(HASH)));

        assertThat(remote.paths()).containsExactly("/facilitator/settle");
        assertThat(remote.envelopes()).singleElement().satisfies(envelope -> {
            assertThat(envelope.get("x402Version").intValue()).isEqualTo(1);
            assertThat(envelope.get("paymentPayload")).isEqualTo(V1.payload().toJson());
            assertThat(envelope.get("paymentRequirements")).isEqualTo(Vectors.OFFER.toV1Json(Vectors.RESOURCE));
        });
    }

    @Test
    void expiredAuthorizationIsRefusedWithoutAskingAnybody() {
        assertThat(facilitator(TOO_LATE, LONG).verify(V2)).isInstanceOfSatisfying(Verification.Rejected.class,
                rejected -> assertThat(rejected.reason())
                        .isEqualTo("invalid_exact_evm_payload_authorization_valid_before"));
        assertThat(remote.paths()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 402, 412, 500})
    void verdictIsReadWhateverTheStatus(int status) {
        remote.answers(status,
                "{\"isValid\":false,\"invalidReason\":\"insufficient_funds\",\"invalidMessage\":\"has 3\"}");

        assertThat(facilitator().verify(V2)).isEqualTo(new Verification.Rejected("insufficient_funds", "has 3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"\"", "\"line\\nbreak\"", "\"für\""})
    void reasonThatIsNoPlainTextIsReplaced(String reason) {
        remote.answers(200, "{\"isValid\":false,\"invalidReason\":" + reason + "}");

        assertThat(facilitator().verify(V2)).isEqualTo(new Verification.Rejected("unexpected_verify_error", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"200|{}", "200|{\"isValid\":\"true\"}", "500|{\"isValid\":true}", "200|[]",
        "200|''", "500|<html>", "200|{\"isValid\":true}{}", "200|{\"isValid\":false,\"isValid\":true}", "302|{}"})
    void verdictThatIsNoneSaysNothingOfThePayment(int status, String body) {
        remote.answers(status, body);

        assertThat(facilitator().verify(V2)).isInstanceOf(Verification.Unavailable.class);
    }

    @Test
    void brokenConnectionIsTriedOnceMoreForVerifyOnly() {
        remote.hangsUp().answers(200, "{\"isValid\":true}");
        assertThat(facilitator().verify(V2)).isEqualTo(new Verification.Verified(PAYER));

        remote.hangsUp();
        assertThat(settle(V2)).isInstanceOf(Settlement.Unknown.class);
        assertThat(remote.paths()).containsExactly("/facilitator/verify", "/facilitator/verify",
                "/facilitator/settle");
    }

    @Test
    void facilitatorThatIsBusyIsAskedToVerifyAgainWhenItSays() {
        remote.isBusy("3").isBusy("Sat, 21 Nov 2026 17:00:00 GMT").answers(502, "<html>")
                .answers(200, "{\"isValid\":true}");

        assertThat(facilitator().verify(V2)).isEqualTo(new Verification.Verified(PAYER));
        assertThat(pauses).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void facilitatorThatIsBusyIsNotAskedToSettleAgain() {
        remote.isBusy("3");

        assertThat(settle(V2)).isInstanceOf(Settlement.Unknown.class);
        assertThat(remote.paths()).containsExactly("/facilitator/settle");
        assertThat(pauses).isEmpty();
    }

    @Test
    void unreachableFacilitatorIsUnavailableAndUnknown() {
        URI nobody = remote.base();
        remote.close();
        var facilitator = new RemoteFacilitator(nobody, Vectors.RESOURCE, LONG, LONG, clock(IN_TIME));

        assertThat(facilitator.verify(V2)).isInstanceOf(Verification.Unavailable.class);
        assertThat(facilitator.settle(V2, SettlementHandle.REMOTE, LONG)).isInstanceOf(Settlement.Unknown.class);
    }

    @Test
    void silenceIsUnavailableAndUnknown() {
        remote.neverAnswers().neverAnswers();

        assertThat(facilitator(IN_TIME, TINY).verify(V2)).isInstanceOf(Verification.Unavailable.class);
        assertThat(facilitator(IN_TIME, TINY).settle(V2, SettlementHandle.REMOTE, LONG))
                .isInstanceOf(Settlement.Unknown.class);
    }

    @Test
    void settlingWaitsNoLongerThanItsCaller() {
        remote.neverAnswers();

        assertThat(facilitator().settle(V2, SettlementHandle.REMOTE, TINY)).isInstanceOf(Settlement.Unknown.class);
        assertThat(facilitator().settle(V2, SettlementHandle.REMOTE, Duration.ZERO))
                .isInstanceOf(Settlement.Unknown.class);
        assertThat(remote.paths()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void answerThatStallsInItsBodyIsSilenceToo() {
        remote.stallsInTheBody();

        assertThat(facilitator(IN_TIME, Duration.ofMillis(200)).settle(V2, SettlementHandle.REMOTE, LONG))
                .isInstanceOf(Settlement.Unknown.class);
    }

    @Test
    void answerWithoutEndIsSilenceToo() {
        remote.answers(200, receipt("eip155:84532") + " ".repeat(64 * 1024));

        assertThat(settle(V2)).isInstanceOf(Settlement.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 402})
    void clearRefusalIsARefusal(int status) {
        remote.answers(status, "{\"success\":false,\"errorReason\":\"insufficient_funds\",\"errorMessage\":\"has 3\","
                + "\"transaction\":\"\",\"network\":\"eip155:84532\"}");

        assertThat(settle(V2)).isEqualTo(new Settlement.Refused("insufficient_funds", "has 3", ""));
    }

    @ParameterizedTest
    @CsvSource({"200,settlement_pending", "500,settlement_pending", "500,insufficient_funds", "503,overloaded",
        "429,slow_down"})
    void unclearRefusalIsUnknownAndKeepsTheHash(int status, String reason) {
        remote.answers(status, "{\"success\":false,\"errorReason\":\"" + reason + "\",\"transaction\":\"" + HASH
                + "\",\"network\":\"eip155:84532\"}");

        assertThat(settle(V2)).isEqualTo(new Settlement.Unknown(Hex.lowerCase(HASH), reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"200|{}", "500|''", "502|<html>", "200|{\"success\":\"true\"}",
        "200|{\"success\":1}"})
    void garbageIsUnknown(int status, String body) {
        remote.answers(status, body);

        assertThat(settle(V2)).isInstanceOfSatisfying(Settlement.Unknown.class,
                unknown -> assertThat(unknown.transaction()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "eip155:1", "", "solana"})
    void receiptForAnotherNetworkIsUnknown(String network) {
        remote.answers(200, receipt(network));

        assertThat(settle(V2)).isInstanceOf(Settlement.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x", "0xab", "abcd"})
    void receiptWithoutAHashIsUnknown(String hash) {
        remote.answers(200, receipt("eip155:84532").replace(HASH, hash));

        assertThat(settle(V2)).isInstanceOf(Settlement.Unknown.class);
    }

    @Test
    void receiptForAnotherPayerIsUnknown() {
        remote.answers(200, receipt("eip155:84532").replace(Vectors.PAYER, Vectors.DEV_PAYER));

        assertThat(settle(V2)).isInstanceOf(Settlement.Unknown.class);
    }

    @Test
    void successWithAFailingStatusIsUnknown() {
        remote.answers(500, receipt("eip155:84532"));

        assertThat(settle(V2)).isInstanceOf(Settlement.Unknown.class);
    }

    @Test
    void whatIsTakenOfAMeteredPaymentIsAskedForAndHasToBeStated() {
        Payment payment = Metered.PAYMENT.taking(new Usdc(7));
        String receipt = receipt("eip155:84532").replace(Vectors.PAYER, payment.payer());

        remote.answers(200, receipt.replace("}", ",\"amount\":\"7\"}"));
        assertThat(settle(payment)).isEqualTo(new Settlement.Settled(Hex.lowerCase(HASH), Optional.of(new Usdc(7))));
        assertThat(remote.envelopes().getFirst().at("/paymentRequirements/amount").textValue()).isEqualTo("7");

        for (String other : List.of("", ",\"amount\":\"8\"", ",\"amount\":7")) {
            remote.answers(200, receipt.replace("}", other + "}"));
            assertThat(settle(payment)).as(other).isInstanceOf(Settlement.Unknown.class);
        }
    }

    @Test
    void whereNothingIsTakenTheReceiptHasNoHash() {
        remote.answers(200, receipt("eip155:84532").replace(Vectors.PAYER, Metered.PAYMENT.payer())
                .replace(HASH, "").replace("}", ",\"amount\":\"0\"}"));
        assertThat(settle(Metered.PAYMENT.taking(Usdc.ZERO)))
                .isEqualTo(new Settlement.Settled("", Optional.of(Usdc.ZERO)));
    }

    @Test
    void meteredPaymentOfAnotherAmountOrForAnotherSettlerIsRefusedWithoutAskingAnybody() {
        assertThat(facilitator().verify(Metered.PAYMENT.taking(new Usdc(7)))).isInstanceOfSatisfying(
                Verification.Rejected.class, no -> assertThat(no.reason()).isEqualTo("permit2_amount_mismatch"));
        Payment forAnother = new Payment(Metered.PAYMENT.payload(),
                io.x402compute.x402.evm.Vectors.SEPOLIA_OFFER.upTo(Vectors.PAYER));
        assertThat(facilitator().verify(forAnother)).isInstanceOfSatisfying(
                Verification.Rejected.class, no -> assertThat(no.reason()).isEqualTo("upto_facilitator_mismatch"));
        assertThat(remote.paths()).isEmpty();
    }

    private Settlement settle(Payment payment) {
        Preparation prepared = facilitator().prepare(payment);
        assertThat(prepared).isEqualTo(new Preparation.Prepared(SettlementHandle.REMOTE));
        return facilitator().settle(payment, SettlementHandle.REMOTE, LONG);
    }

    private RemoteFacilitator facilitator() {
        return facilitator(IN_TIME, LONG);
    }

    private RemoteFacilitator facilitator(Instant now, Duration timeout) {
        return new RemoteFacilitator(new HttpFacilitatorCalls(remote.base(), LONG, FacilitatorAuthorization.NONE),
                Vectors.RESOURCE, timeout, clock(now), pauses::add);
    }

    private static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static String receipt(String network) {
        return "{\"success\":true,\"transaction\":\"" + HASH + "\",\"network\":\"" + network + "\",\"payer\":\""
                + Vectors.PAYER + "\"}";
    }
}
