package io.x402compute.x402.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Anything in: a payment or a refusal, and of a payment only one reading. */
class AnyPaymentTest {
    private static final PaymentRequirements SOLANA = new PaymentRequirements("exact", Network.SOLANA_DEVNET,
            new Usdc(10_000), UsdcMint.SOLANA_DEVNET.asset(), io.x402compute.x402.solana.Vectors.PAY_TO, 60,
            Map.of("feePayer", io.x402compute.x402.solana.Vectors.FEE_PAYER.address()));
    private static final List<ObjectNode> GOOD = Stream.of(Vectors.version1(), Vectors.version2(),
            new PaymentPayload(1, "exact", Network.SOLANA_DEVNET, solana(), Optional.empty(), Optional.empty()),
            new PaymentPayload(2, "exact", Network.SOLANA_DEVNET, solana(), Optional.of(SOLANA.toV2Json()),
                    Optional.of(WireJson.object())))
            .map(PaymentPayload::toJson).toList();

    @Property(tries = 5_000)
    void anyHeadersAreReadOrRefused(@ForAll("headers") Optional<String> signature,
            @ForAll("headers") Optional<String> old) {
        holdsTogether(PaymentHeaders.decode(signature, old));
        signature.map(ReceivedOffers::inHeader).ifPresent(offers -> assertThat(offers).isNotNull());
        signature.flatMap(WireJson::parseHeader).ifPresent(json -> assertThat(json.isObject()).isTrue());
    }

    @Property(tries = 5_000)
    void aPaymentWithOneDamageIsReadOrRefused(@ForAll("damaged") String json) {
        holdsTogether(PaymentHeaders.decode(Optional.of(base64(json)), Optional.empty()));
        holdsTogether(PaymentHeaders.decode(Optional.empty(), Optional.of(base64(json))));
    }

    @Property(tries = 5_000)
    void offersWithOneDamageArePassedOverOrRead(@ForAll("damagedOffers") String json) {
        Stream.concat(ReceivedOffers.inHeader(base64(json)).stream(),
                ReceivedOffers.inBody(json.getBytes(StandardCharsets.UTF_8)).stream())
                .forEach(offer -> assertThat(offer.requirements().amount().micros()).isNotNegative());
    }

    /** What was read is read again from what it is written as, and is the same payment. */
    private static void holdsTogether(DecodedPayment decoded) {
        if (decoded instanceof DecodedPayment.Decoded(PaymentPayload payment)) {
            PaymentPayload again = ((DecodedPayment.Decoded) (payment.version() == 1
                    ? PaymentHeaders.decode(Optional.empty(), Optional.of(payment.headerText()))
                    : PaymentHeaders.decode(Optional.of(payment.headerText()), Optional.empty()))).payload();
            assertThat(again.headerText()).isEqualTo(payment.headerText());
            assertThat(again.schemePayload()).isEqualTo(payment.schemePayload());
        }
    }

    @Provide
    Arbitrary<Optional<String>> headers() {
        Arbitrary<String> encoded = Arbitraries.strings().map(AnyPaymentTest::base64);
        return Arbitraries.oneOf(Arbitraries.strings(), encoded, Arbitraries.of(GOOD).map(WireJson::headerText))
                .optional();
    }

    @Provide
    Arbitrary<String> damaged() {
        return DamagedJson.of(GOOD);
    }

    @Provide
    Arbitrary<String> damagedOffers() {
        var asked = new PaymentRequired("why", Vectors.RESOURCE, List.of(Vectors.OFFER, SOLANA));
        return DamagedJson.of(List.of(WireJson.parseHeader(asked.v2Header()).orElseThrow(), asked.v1Body()));
    }

    private static SchemePayload solana() {
        return new SchemePayload.Solana(io.x402compute.x402.solana.Vectors.payment());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
