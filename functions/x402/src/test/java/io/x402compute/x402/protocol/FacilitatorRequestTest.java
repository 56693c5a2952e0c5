package io.x402compute.x402.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.x402.protocol.FacilitatorRequest.Reading;

class FacilitatorRequestTest {
    private static final FacilitatorRequest V2 = new FacilitatorRequest(new Payment(
            Vectors.offer().paidWith(Vectors.canonical(Vectors.signedBy(Vectors.PAYER, Vectors.SIGNATURE))),
            Vectors.OFFER));
    private static final FacilitatorRequest V1 = new FacilitatorRequest(new Payment(
            new ReceivedOffer(1, Vectors.OFFER, Vectors.OFFER.toV1Json(Vectors.RESOURCE), Optional.empty())
                    .paidWith(V2.payment().payload().schemePayload()),
            Vectors.OFFER));

    @Test
    void whatIsWrittenIsReadInBothVersions() {
        for (FacilitatorRequest request : new FacilitatorRequest[]{V1, V2}) {
            FacilitatorRequest read = FacilitatorRequest.of(request.text());

            assertThat(read.text()).isEqualTo(request.text());
            assertThat(read.payment().payload().version()).isEqualTo(request.payment().payload().version());
            assertThat(read.payment().key()).isEqualTo(request.payment().key());
            assertThat(read.payment().requirements()).isEqualTo(Vectors.OFFER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"text\"", "{}", "{\"x402Version\":2}",
        "{\"x402Version\":2,\"paymentPayload\":[],\"paymentRequirements\":{}}", "{\"a\":1,\"a\":2}", "{} {}", "\uD800"})
    void whatIsNoRequestIsMalformed(String text) {
        assertThat(read(text)).isEqualTo(new Reading.Malformed("invalid_payload"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"x402Version\":2,\"paymentPayload\" | {\"x402Version\":3,\"paymentPayload\" | invalid_x402_version",
        "{\"x402Version\":2,\"paymentPayload\" | {\"x402Version\":\"2\",\"paymentPayload\" | invalid_x402_version",
        "{\"x402Version\":2,\"paymentPayload\" | {\"x402Version\":1,\"paymentPayload\" | invalid_x402_version",
        "\"paymentRequirements\":{\"scheme\":\"exact\", | \"paymentRequirements\":{ | invalid_payment_requirements",
        "\"amount\":\"10000\" | \"amount\":10000 | invalid_payment_requirements",
        "\"amount\":\"10000\" | \"amount\":\"-1\" | invalid_payment_requirements",
        "\"maxTimeoutSeconds\":60 | \"maxTimeoutSeconds\":0 | invalid_payment_requirements"})
    void whatItsSellerHasGotWrongIsMalformed(String right, String wrong, String reason) {
        assertThat(read(edited(right, wrong))).isEqualTo(new Reading.Malformed(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"paymentRequirements\":{\"scheme\":\"exact\" | \"paymentRequirements\":{\"scheme\":\"upto\" | unsupported_scheme",
        "\"network\":\"eip155:84532\" | \"network\":\"eip155:1\" | invalid_network",
        "\"network\":\"eip155:84532\" | \"network\":\"base-sepolia\" | invalid_network",
        "\"nonce\":\"0x | \"nonce\":\"0y | invalid_payload"})
    void whatNobodyCouldSettleIsNoFaultOfTheRequest(String right, String wrong, String reason) {
        assertThat(read(edited(right, wrong))).isInstanceOfSatisfying(Reading.Unsettleable.class,
                unsettleable -> assertThat(unsettleable.reason()).isEqualTo(reason));
    }

    private static String edited(String right, String wrong) {
        assertThat(V2.text()).contains(right);
        return V2.text().replace(right, wrong);
    }

    private static Reading read(String text) {
        return FacilitatorRequest.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
