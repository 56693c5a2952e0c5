package io.x402compute.x402.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.x402.evm.Permits;
import io.x402compute.x402.evm.Vectors;

class Permit2WireTest {
    private static final Payment PAYMENT = Permits
            .payment(new SchemePayload.Permit2(Permits.permit(Vectors.ADDRESS_A), Permits.SIGNATURE));

    @Test
    void whatIsWrittenIsReadAgain() {
        ObjectNode json = PAYMENT.payload().toJson();
        assertThat(json.at("/payload/permit2Authorization/permitted/amount").textValue()).isEqualTo("10000");
        assertThat(json.at("/payload/permit2Authorization/witness/validAfter").textValue()).isEqualTo("1740672089");
        assertThat(decoded(json)).isEqualTo(new DecodedPayment.Decoded(PAYMENT.payload()));
    }

    @Test
    void oneNonceIsOnePaymentHoweverItIsSpelled() {
        ObjectNode json = PAYMENT.payload().toJson();
        ObjectNode permit = (ObjectNode) json.at("/payload/permit2Authorization");
        permit.put("from", Vectors.ADDRESS_A).put("nonce", 1);
        PaymentPayload again = ((DecodedPayment.Decoded) decoded(json)).payload();
        assertThat(new Payment(again, Permits.OFFER).key()).isEqualTo(PAYMENT.key())
                .isEqualTo(new PaymentKey("eip155:84532/permit2/0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266/1"));
    }

    @ParameterizedTest
    @CsvSource({"/payload/permit2Authorization/permitted, token, 0x12",
        "/payload/permit2Authorization/permitted, amount, -1",
        "/payload/permit2Authorization, from, nobody", "/payload/permit2Authorization, spender, 0x",
        "/payload/permit2Authorization, nonce, 0x01", "/payload/permit2Authorization, deadline, soon",
        "/payload/permit2Authorization/witness, to, 0x12", "/payload/permit2Authorization/witness, validAfter, 01",
        "/payload, signature, 0xabc", "/payload, permit2Authorization, permit"})
    void whatIsNoPermitIsRefused(String object, String field, String value) {
        ObjectNode json = PAYMENT.payload().toJson();
        ((ObjectNode) json.at(object)).put(field, value);
        assertThat(decoded(json)).isEqualTo(new DecodedPayment.Malformed(Reasons.INVALID_PAYLOAD));
    }

    @Test
    void version1HasNoWordForIt() {
        ObjectNode json = new PaymentPayload(1, PaymentRequirements.EXACT, Network.BASE_SEPOLIA,
                PAYMENT.payload().schemePayload(), Optional.empty(), Optional.empty()).toJson();
        assertThat(decoded(json)).isEqualTo(new DecodedPayment.Malformed(Reasons.UNSUPPORTED_PAYLOAD_TYPE));
        PaymentRequired challenge = new PaymentRequired("Payment required", new Resource("https://a.example", "", ""),
                List.of(Vectors.SEPOLIA_OFFER, Permits.OFFER));
        assertThat(challenge.v1Body().path("accepts")).hasSize(1);
        assertThat(WireJson.parseHeader(challenge.v2Header()).orElseThrow().at("/accepts/1/extra/assetTransferMethod")
                .textValue()).isEqualTo("permit2");
    }

    @Test
    void aPermitIsMatchedWithTheOfferThatAsksForOne() {
        assertThat(OfferMatching.match(PAYMENT.payload(), List.of(Vectors.SEPOLIA_OFFER, Permits.OFFER)))
                .contains(Permits.OFFER);
        assertThat(OfferMatching.match(PAYMENT.payload(), List.of(Vectors.SEPOLIA_OFFER))).isEmpty();
    }

    private static DecodedPayment decoded(ObjectNode json) {
        String header = WireJson.headerText(json);
        return json.path("x402Version").intValue() == 1
                ? PaymentHeaders.decode(Optional.empty(), Optional.of(header))
                : PaymentHeaders.decode(Optional.of(header), Optional.empty());
    }
}
