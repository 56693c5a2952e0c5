package io.x402compute.x402.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.x402compute.x402.evm.Metered;
import io.x402compute.x402.evm.Permits;
import io.x402compute.x402.evm.Vectors;

class UptoWireTest {
    private static final Set<String> BOTH = Set.of(PaymentRequirements.EXACT, PaymentRequirements.UPTO);
    private static final Resource SOLD = new Resource("https://a.example", "", "");
    private static final SchemePayload EXACT = new SchemePayload.Permit2(Permits.permit(Vectors.ADDRESS_A),
            Permits.SIGNATURE);

    @Example
    void whatIsWrittenIsReadAgain() {
        ObjectNode json = Metered.PAYMENT.payload().toJson();
        assertThat(json.at("/accepted/scheme").textValue()).isEqualTo("upto");
        assertThat(json.at("/payload/permit2Authorization/witness/facilitator").textValue())
                .isEqualTo(Hex.lowerCase(Vectors.ADDRESS_B));
        assertThat(decoded(json)).isEqualTo(new DecodedPayment.Decoded(Metered.PAYMENT.payload()));
    }

    @Example
    void anOfferSaysWhoSettlesAndThatItIsByPermit2() {
        assertThat(Metered.OFFER.toV2Json().path("extra")).isEqualTo(WireJson.object()
                .put("assetTransferMethod", "permit2").put("facilitatorAddress", Vectors.ADDRESS_B).put("name", "USDC")
                .put("version", "2"));
    }

    @Example
    void whoDoesNotOfferItIsAskedForSomethingUnsupported() {
        String header = Metered.PAYMENT.payload().headerText();
        assertThat(PaymentHeaders.decode(Optional.of(header), Optional.empty()))
                .isEqualTo(new DecodedPayment.Malformed(Reasons.UNSUPPORTED_SCHEME));
    }

    @Example
    void withoutAFacilitatorOrByAnotherMethodItIsNone() {
        ObjectNode json = Metered.PAYMENT.payload().toJson();
        ((ObjectNode) json.at("/payload/permit2Authorization/witness")).remove("facilitator");
        assertThat(decoded(json)).isEqualTo(new DecodedPayment.Malformed(Reasons.INVALID_PAYLOAD));
        json.putObject("payload").put("signature", "0x12").putObject("authorization");
        assertThat(decoded(json)).isEqualTo(new DecodedPayment.Malformed(Reasons.UNSUPPORTED_PAYLOAD_TYPE));
        ((ObjectNode) json.path("accepted")).put("network", Network.SOLANA.caip2());
        assertThat(decoded(json)).isEqualTo(new DecodedPayment.Malformed(Reasons.UNSUPPORTED_SCHEME));
    }

    @Example
    void version1HasNoWordForIt() {
        ObjectNode json = new PaymentPayload(1, PaymentRequirements.UPTO, Network.BASE_SEPOLIA, Metered.SIGNED,
                Optional.empty(), Optional.empty()).toJson();
        assertThat(PaymentHeaders.decode(Optional.empty(), Optional.of(WireJson.headerText(json)), BOTH))
                .isEqualTo(new DecodedPayment.Malformed(Reasons.UNSUPPORTED_SCHEME));
        assertThatThrownBy(() -> new PaymentRequirements(PaymentRequirements.EXACT, Network.SOLANA, new Usdc(1), "a",
                "b", 1, Map.of()).upTo(Vectors.ADDRESS_B)).isInstanceOf(IllegalStateException.class);
    }

    /** Whatever is offered, in whatever order. */
    @Property(tries = 200)
    void aVersion1BodyNeverOffersIt(@ForAll("offers") List<PaymentRequirements> offers) {
        PaymentRequired challenge = new PaymentRequired("why", SOLD, offers);
        assertThat(challenge.v1Body().toString()).doesNotContain("upto").doesNotContain("facilitatorAddress");
        assertThat(challenge.v1Body().path("accepts"))
                .hasSize((int) offers.stream().filter(Vectors.SEPOLIA_OFFER::equals).count());
    }

    /** Also where a client mixes what it accepted with what it signed. */
    @Property(tries = 200)
    void neitherSchemeAnswersAnOfferOfTheOther(@ForAll("offers") List<PaymentRequirements> offers) {
        assertThat(offers.stream().filter(offer -> !offer.isMetered()).map(offer -> matched(Metered.SIGNED, offer)))
                .allMatch(Optional::isEmpty);
        assertThat(offers.stream().filter(PaymentRequirements::isMetered).map(offer -> matched(EXACT, offer)))
                .allMatch(Optional::isEmpty);
        assertThat(OfferMatching.match(Metered.PAYMENT.payload(), offers))
                .isEqualTo(offers.stream().filter(Metered.OFFER::equals).findFirst());
    }

    @Example
    void oneNonceIsOnePaymentByWhicheverScheme() {
        assertThat(Metered.PAYMENT.key()).isEqualTo(Permits.payment(EXACT).key());
        assertThat(Metered.PAYMENT.taking(new Usdc(1)).key()).isEqualTo(Metered.PAYMENT.key());
    }

    @Example
    void whatIsSettledIsWhatIsTakenOfIt() {
        assertThat(Metered.PAYMENT.metered()).contains(new Usdc(10_000));
        Payment used = Metered.PAYMENT.taking(new Usdc(7));
        assertThat(used.metered()).contains(new Usdc(7));
        assertThat(used.isFree()).isFalse();
        assertThat(used.taking(Usdc.ZERO).isFree()).isTrue();
        assertThat(Permits.payment(EXACT).metered()).isEmpty();
        assertThatThrownBy(() -> Permits.payment(EXACT).taking(new Usdc(7))).isInstanceOf(IllegalStateException.class);
    }

    @Example
    void aFacilitatorThatSettlesItReadsTheRequestWithTheAmountThatIsTaken() {
        FacilitatorRequest request = new FacilitatorRequest(Metered.PAYMENT.taking(new Usdc(7)));
        byte[] text = request.text().getBytes(StandardCharsets.UTF_8);
        assertThat(FacilitatorRequest.read(text, BOTH)).isEqualTo(new FacilitatorRequest.Reading.Read(request));
        assertThat(FacilitatorRequest.read(text)).isInstanceOfSatisfying(FacilitatorRequest.Reading.Unsettleable.class,
                no -> assertThat(no.reason()).isEqualTo(Reasons.UNSUPPORTED_SCHEME));
    }

    @Example
    void theReceiptSaysHowMuchWasTaken() {
        SettlementResponse nothing = SettlementResponse.settled("", Network.BASE, "0x1", Usdc.ZERO);
        assertThat(WireJson.parseHeader(nothing.header(2)).orElseThrow().toString())
                .contains("\"success\":true", "\"transaction\":\"\"", "\"amount\":\"0\"");
        assertThat(SettlementResponse.decode(nothing.header(2))).contains(nothing);
        assertThat(WireJson.parseHeader(nothing.header(1)).orElseThrow().has("amount")).isFalse();
    }

    @Provide
    Arbitrary<List<PaymentRequirements>> offers() {
        return Arbitraries.of(Vectors.SEPOLIA_OFFER, Permits.OFFER, Metered.OFFER,
                Metered.OFFER.withAmount(new Usdc(5))).list().ofMaxSize(6);
    }

    private static Optional<PaymentRequirements> matched(SchemePayload signed, PaymentRequirements offer) {
        return OfferMatching.match(Permits.payment(signed, offer).payload(), List.of(offer));
    }

    private static DecodedPayment decoded(ObjectNode json) {
        return PaymentHeaders.decode(Optional.of(WireJson.headerText(json)), Optional.empty(), BOTH);
    }
}
