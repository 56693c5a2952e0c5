package io.x402compute.x402.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.x402.solana.Vectors;

class SolanaPaymentTest {
    private static final PaymentRequirements OFFER = new PaymentRequirements("exact", Network.SOLANA_DEVNET,
            new Usdc(Vectors.AMOUNT), Vectors.USDC, Vectors.PAY_TO, 60,
            Map.of("feePayer", Vectors.FEE_PAYER.address(), "memo", Vectors.MEMO, "paymentFlow", "upfront"));

    @Test
    void bothVersionsCarryTheSamePayment() {
        PaymentPayload first = decoded(PaymentHeaders.decode(Optional.empty(), Optional.of(header(version1()))));
        PaymentPayload second = decoded(PaymentHeaders.decode(Optional.of(header(version2())), Optional.empty()));
        assertThat(first.schemePayload()).isEqualTo(second.schemePayload())
                .isEqualTo(new SchemePayload.Solana(Vectors.payment()));
        assertThat(first.payer()).isEqualTo(Vectors.PAYER.address());
        assertThat(first.network()).isEqualTo(Network.SOLANA_DEVNET);
        assertThat(new Payment(first, OFFER).key()).isEqualTo(new Payment(second, OFFER).key())
                .isEqualTo(new PaymentKey(
                        "solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1/message/" + Vectors.MESSAGE_HASH));
        assertThat(first.toJson()).isEqualTo(version1());
        assertThat(second.toJson()).isEqualTo(version2());
    }

    /** Anybody can put anything there; the seller must see one payment all the same. */
    @Test
    void whatIsInTheFeePayersPlaceMakesNoOtherPayment() {
        byte[] wire = Vectors.wire();
        wire[7] = 99;
        ObjectNode claimed = version1();
        ((ObjectNode) claimed.get("payload")).put("transaction", Base64.getEncoder().encodeToString(wire));
        PaymentPayload other = decoded(PaymentHeaders.decode(Optional.empty(), Optional.of(header(claimed))));
        assertThat(new Payment(other, OFFER).key().value()).endsWith(Vectors.MESSAGE_HASH);
    }

    @ParameterizedTest
    @CsvSource({"transaction, transactions, invalid_exact_svm_payload_transaction",
        "AgAAAA, Ag AAAA, invalid_exact_svm_payload_transaction",
        "MDEA, MDEB, invalid_exact_svm_payload_transaction_could_not_be_decoded",
        "MDEA, MDE, invalid_exact_svm_payload_transaction",
        "AgAAAA, AgAAAB, ''",
        "solana-devnet, solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1, invalid_network",
        "solana-devnet, base-sepolia, invalid_payload",
        "BQAFAiBO, BQAFAyBO, "
                + "invalid_exact_svm_payload_transaction_instructions_compute_limit_instruction"})
    void aSpoiledPayloadIsRefusedWithItsReason(String before, String after, String reason) {
        String spoiled = version1().toString().replace(before, after);
        assertThat(spoiled).isNotEqualTo(version1().toString());
        String header = Base64.getEncoder().encodeToString(spoiled.getBytes(StandardCharsets.UTF_8));
        DecodedPayment payment = PaymentHeaders.decode(Optional.empty(), Optional.of(header));
        if (reason.isEmpty()) {
            assertThat(payment).isInstanceOf(DecodedPayment.Decoded.class);
        } else {
            assertThat(payment).isEqualTo(new DecodedPayment.Malformed(reason));
        }
    }

    @Test
    void theOfferThatWasSignedForIsFound() {
        List<PaymentRequirements> offers = List.of(OFFER.withAmount(new Usdc(9_000)), OFFER);
        PaymentPayload first = decoded(PaymentHeaders.decode(Optional.empty(), Optional.of(header(version1()))));
        PaymentPayload second = decoded(PaymentHeaders.decode(Optional.of(header(version2())), Optional.empty()));
        assertThat(OfferMatching.match(first, offers)).contains(OFFER);
        assertThat(OfferMatching.match(second, offers)).contains(OFFER);
    }

    @Test
    void anotherFeePayerIsAnotherOffer() {
        ObjectNode swapped = version2();
        ((ObjectNode) swapped.at("/accepted/extra")).put("feePayer", Vectors.wallet(9).address());
        PaymentPayload payment = decoded(PaymentHeaders.decode(Optional.of(header(swapped)), Optional.empty()));
        assertThat(OfferMatching.match(payment, List.of(OFFER))).isEmpty();
    }

    @Test
    void hintsOfAnOlderOfferDoNotMatter() {
        PaymentRequirements hinting = new PaymentRequirements("exact", OFFER.network(), OFFER.amount(), OFFER.asset(),
                OFFER.payTo(), 60, Map.of("feePayer", Vectors.FEE_PAYER.address(), "recentBlockhash",
                        Vectors.BLOCKHASH, "lastValidBlockHeight", "1234"));
        PaymentPayload payment = decoded(PaymentHeaders.decode(Optional.of(header(version2())), Optional.empty()));
        assertThat(OfferMatching.match(payment, List.of(hinting))).contains(hinting);
    }

    @Test
    void version1SaysWhoPaysTheFeesAndNothingOfFlows() {
        ObjectNode offer = OFFER.toV1Json(new Resource("https://api.example.com", "", ""));
        assertThat(offer.get("network").textValue()).isEqualTo("solana-devnet");
        assertThat(offer.get("extra").toString()).isEqualTo(
                "{\"feePayer\":\"%s\",\"memo\":\"order-0001\"}".formatted(Vectors.FEE_PAYER.address()));
    }

    @Test
    void usdcIsKnownWhereItIs() {
        assertThat(UsdcMint.on(Network.SOLANA)).contains(UsdcMint.SOLANA);
        assertThat(UsdcMint.on(Network.SOLANA_DEVNET)).map(UsdcMint::asset).contains(Vectors.USDC);
        assertThat(UsdcMint.on(Network.BASE)).isEmpty();
    }

    private static ObjectNode version1() {
        ObjectNode json = WireJson.object().put("x402Version", 1).put("scheme", "exact").put("network",
                "solana-devnet");
        json.putObject("payload").put("transaction", Vectors.TRANSACTION);
        return json;
    }

    private static ObjectNode version2() {
        ObjectNode json = WireJson.object().put("x402Version", 2);
        json.set("accepted", OFFER.toV2Json());
        json.putObject("payload").put("transaction", Vectors.TRANSACTION);
        return json;
    }

    private static String header(ObjectNode json) {
        return WireJson.headerText(json);
    }

    private static PaymentPayload decoded(DecodedPayment payment) {
        return ((DecodedPayment.Decoded) payment).payload();
    }
}
