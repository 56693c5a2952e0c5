package io.x402compute.x402.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

/** Byte for byte what the specifications' samples and the reference clients send. */
class SpecificationVectorsTest {

    @Test
    void version1PaymentIsTheSampleText() {
        assertText(Vectors.version1().headerText(), 648,
                "e9523d84334bb4358c0f8b35095dc7690378380f7ca05e4cf2cdb55a8c15e289");
    }

    @Test
    void version1ReceiptsAreTheSampleTexts() {
        assertText(settled().header(1), 236, "07f5f2e5465ad90188367aacd5b2430182bc6bbd0cfcf90a6669fff6dd3dd043");
        assertText(refused().header(1), 196, "c471bd9c124bebc812d025c1239d3c1b899b2a37ebb61b7b7dbfba222601843f");
    }

    @Test
    void version2OfferIsTheSampleText() {
        var required = new PaymentRequired("PAYMENT-SIGNATURE header is required", Vectors.RESOURCE,
                List.of(Vectors.OFFER));

        assertText(required.v2Header(), 584, "332eca5880f865fd064ef39157c5da5f924932a2b8d486e8bd24d584bb9efa7f");
    }

    @Test
    void version2PaymentIsTheSampleText() {
        assertText(Vectors.version2().headerText(), 1088,
                "78dc1250c3136ed68eb874ad91434aae26182867baa88e92fb9e73ed3ddf1618");
    }

    @Test
    void version2ReceiptsAreTheSampleTexts() {
        assertText(settled().header(2), 236, "bcff49aad24804a71a2a5ee0fc2db391bb3893d9dbde31594fc507fe1e00fa95");
        assertText(refused().header(2), 196, "e747b748c12178d67824b017988346be963546cc61d5ba001750df9435ec6015");
    }

    @Test
    void developmentKeysVersion1PaymentIsTheReferenceClientsText() {
        var payment = new PaymentPayload(1, "exact", Network.BASE_SEPOLIA,
                Vectors.signedBy(Vectors.DEV_PAYER, Vectors.DEV_SIGNATURE), Optional.empty(), Optional.empty());

        assertText(payment.headerText(), 648, "5b47deb901a3de57821f81ecd5c69213f3baeb2da0d61cf4dfa6e80801720cf1");
    }

    @Test
    void referenceClientsOwnKeyOrderReadsTheSame() {
        String authorization = Vectors.signedBy(Vectors.DEV_PAYER, Vectors.DEV_SIGNATURE).toJson()
                .get("authorization").toString();
        String json = "{\"x402Version\":2,\"payload\":{\"authorization\":" + authorization + ",\"signature\":\""
                + Vectors.DEV_SIGNATURE + "\"},\"resource\":" + Vectors.offer().resource().orElseThrow()
                + ",\"accepted\":" + Vectors.OFFER.toV2Json() + "}";
        String header = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        assertText(header, 1088, "a06081e6201788f9a534a9f3e0302426e9809c444b274cd51a21bdd6fb9f316c");

        DecodedPayment decoded = PaymentHeaders.decode(Optional.of(header), Optional.empty());

        assertThat(decoded).isEqualTo(new DecodedPayment.Decoded(Vectors.offer()
                .paidWith(Vectors.canonical(Vectors.signedBy(Vectors.DEV_PAYER, Vectors.DEV_SIGNATURE)))));
    }

    @Test
    void aHeaderOfAFacilitatorsExtensionsReadsAndWritesTheSame() {
        String header = "eyJiYXphYXIiOnsic3RhdHVzIjoic3VjY2VzcyJ9fQ==";

        assertThat(WireJson.parseHeader(header).orElseThrow()).hasToString("{\"bazaar\":{\"status\":\"success\"}}");
        assertThat(WireJson.headerText(WireJson.parseHeader(header).orElseThrow())).isEqualTo(header);
    }

    private static SettlementResponse settled() {
        return SettlementResponse.settled(Vectors.TRANSACTION, Network.BASE_SEPOLIA, Vectors.PAYER);
    }

    private static SettlementResponse refused() {
        return SettlementResponse.failed("insufficient_funds", "", Network.BASE_SEPOLIA, Vectors.PAYER);
    }

    private static void assertText(String header, int length, String sha256) {
        assertThat(header).hasSize(length);
        assertThat(Vectors.sha256(header)).isEqualTo(sha256);
    }
}
