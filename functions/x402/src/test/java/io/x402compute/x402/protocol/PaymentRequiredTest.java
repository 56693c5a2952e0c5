package io.x402compute.x402.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class PaymentRequiredTest {
    private static final PaymentRequirements UPFRONT = new PaymentRequirements("exact", Network.BASE_SEPOLIA,
            new Usdc(10_000), Vectors.ASSET, Vectors.PAY_TO, 60,
            Map.of("version", "2", "name", "USDC", "paymentFlow", "upfront"));

    @Test
    void version1BodyIsCompleteAndKnowsNothingOfFlows() {
        assertThat(required(UPFRONT).v1Body()).hasToString("""
                {"x402Version":1,"error":"Payment required","accepts":[{"scheme":"exact","network":"base-sepolia",\
                "maxAmountRequired":"10000","resource":"https://api.example.com/premium-data",\
                "description":"Access to premium market data","mimeType":"application/json",\
                "payTo":"0x209693Bc6afc0C5328bA36FaF03C514EF312287C","maxTimeoutSeconds":60,\
                "asset":"0x036CbD53842c5426634e7929541eC2318f3dCF7e","extra":{"name":"USDC","version":"2"}}]}""");
    }

    @Test
    void version1BodyLeavesOutWhatItsClientsWouldChokeOn() {
        var metered = new PaymentRequirements("upto", Network.BASE_SEPOLIA, new Usdc(1), Vectors.ASSET, Vectors.PAY_TO,
                60, Map.of());
        var huge = Vectors.OFFER.withAmount(new Usdc(1_000_000_000_000_000_000L));

        assertThat(required(metered, Vectors.OFFER, huge).v1Body().get("accepts"))
                .containsExactly(Vectors.OFFER.toV1Json(Vectors.RESOURCE));
    }

    @Test
    void version1TextIsAscii() {
        var resource = new Resource("https://api.example.com/x", "GPU für 24 Stunden \u2014 günstig",
                "application/json");
        String body = new PaymentRequired("Payment required", resource, List.of(Vectors.OFFER)).v1Body().toString();

        assertThat(body).matches("\\p{ASCII}*").contains("GPU f?r 24 Stunden ? g?nstig");
    }

    @Test
    void offersAreReadBackFromBothForms() {
        PaymentRequired required = required(UPFRONT);

        assertThat(ReceivedOffers.inHeader(required.v2Header())).singleElement().satisfies(offer -> {
            assertThat(offer.version()).isEqualTo(2);
            assertThat(offer.requirements()).isEqualTo(UPFRONT);
        });
        assertThat(inBody(required.v1Body().toString())).singleElement().satisfies(offer -> {
            assertThat(offer.version()).isEqualTo(1);
            assertThat(offer.requirements()).isEqualTo(Vectors.OFFER);
        });
    }

    @Test
    void unknownOffersArePassedOver() {
        String good = Vectors.OFFER.toV1Json(Vectors.RESOURCE).toString();
        String offers = String.join(",", good.replace("exact", "upto"), good.replace("base-sepolia", "moon"),
                good.replace("base-sepolia", "eip155:84532"), good.replace("\"10000\"", "\"1e4\""),
                good.replace("\"10000\"", "10000"), good.replace("\"10000\"", "\"9999999999999999999\""),
                good.replace(":60", ":0"), good.replace("\"payTo\"", "\"to\""), "null", "7", "[]", good);

        assertThat(inBody("{\"x402Version\":1,\"accepts\":[" + offers + "]}")).singleElement()
                .extracting(ReceivedOffer::requirements).isEqualTo(Vectors.OFFER);
    }

    @Test
    void whatIsNoOfferHasNone() {
        assertThat(ReceivedOffers.inHeader("rubbish")).isEmpty();
        assertThat(inBody("<html>")).isEmpty();
        assertThat(inBody("{\"x402Version\":1,\"accepts\":7}")).isEmpty();
        assertThat(inBody(required(UPFRONT).v1Body().put("x402Version", "1").toString())).isEmpty();
    }

    @Test
    void answerToAnOfferCarriesWhateverElseTheSellerPutInIt() {
        String header = WireJson.headerText(WireJson.parse("""
                {"x402Version":2,"accepts":[{"scheme":"exact","network":"eip155:84532","amount":"5","asset":"0x1",
                "payTo":"0x2","maxTimeoutSeconds":60,"extra":{"quote":{"id":7}}}]}""".getBytes(StandardCharsets.UTF_8))
                .orElseThrow());

        PaymentPayload payment = ReceivedOffers.inHeader(header).getFirst()
                .paidWith(Vectors.signedBy(Vectors.PAYER, Vectors.SIGNATURE));

        assertThat(payment.accepted().orElseThrow().at("/extra/quote/id").intValue()).isEqualTo(7);
    }

    private static PaymentRequired required(PaymentRequirements... offers) {
        return new PaymentRequired("Payment required", Vectors.RESOURCE, List.of(offers));
    }

    private static List<ReceivedOffer> inBody(String body) {
        return ReceivedOffers.inBody(body.getBytes(StandardCharsets.UTF_8));
    }
}
