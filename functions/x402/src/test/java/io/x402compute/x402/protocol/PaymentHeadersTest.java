package io.x402compute.x402.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

class PaymentHeadersTest {
    private static final String V1 = Vectors.version1().headerText();
    private static final String V2 = Vectors.version2().headerText();
    private static final BigInteger UINT256_MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    @Test
    void requestWithoutPaymentHeadersHasNoPayment() {
        assertThat(PaymentHeaders.decode(Optional.empty(), Optional.empty())).isEqualTo(new DecodedPayment.None());
    }

    @Test
    void version2PaymentInTheOldHeaderIsVersion2() {
        assertThat(decoded(PaymentHeaders.decode(Optional.empty(), Optional.of(V2)))).satisfies(payload -> {
            assertThat(payload.version()).isEqualTo(2);
            assertThat(payload.accepted()).contains(Vectors.OFFER.toV2Json());
        });
    }

    @Test
    void bothHeadersAreTwoPaymentsEvenWhenOneIsRubbish() {
        assertThat(PaymentHeaders.decode(Optional.of(V2), Optional.of(V1))).isEqualTo(new DecodedPayment.TwoPayments());
        assertThat(PaymentHeaders.decode(Optional.of(V2), Optional.of(""))).isEqualTo(new DecodedPayment.TwoPayments());
    }

    @Test
    void headerSentTwiceIsTwoPayments() {
        assertThat(PaymentHeaders.decode(Optional.empty(), Optional.of(V1 + "," + V1)))
                .isEqualTo(new DecodedPayment.TwoPayments());
        assertThat(PaymentHeaders.decode(Optional.of(V2 + ", " + V2), Optional.empty()))
                .isEqualTo(new DecodedPayment.TwoPayments());
    }

    @Test
    void letterCaseOfAddressesAndNonceIsForgotten() {
        PaymentPayload mixed = decoded(oldHeader(Vectors.version1().toJson().toString()));
        PaymentPayload upper = decoded(oldHeader(Vectors.version1().toJson().toString()
                .replace(Vectors.PAYER.substring(2), upperCase(Vectors.PAYER))
                .replace(Vectors.NONCE.substring(2), upperCase(Vectors.NONCE))));

        assertThat(upper).isEqualTo(mixed);
        assertThat(upper.payer()).isEqualTo(Hex.lowerCase(Vectors.PAYER));
        assertThat(new Payment(upper, Vectors.OFFER).key()).isEqualTo(new Payment(mixed, Vectors.OFFER).key());
    }

    @Test
    void numbersMayBeJsonIntegersUpToTheLastBit() {
        String json = Vectors.version1().toJson().toString()
                .replace("\"value\":\"10000\"", "\"value\":10000")
                .replace("\"validAfter\":\"1740672089\"", "\"validAfter\":0")
                .replace("\"validBefore\":\"1740672154\"", "\"validBefore\":" + UINT256_MAX);

        assertThat(decoded(oldHeader(json)).schemePayload()).isInstanceOfSatisfying(SchemePayload.Eip3009.class,
                signed -> {
                    assertThat(signed.authorization().value()).isEqualTo(BigInteger.valueOf(10_000));
                    assertThat(signed.authorization().validAfter()).isZero();
                    assertThat(signed.authorization().validBefore()).isEqualTo(UINT256_MAX);
                });
    }

    @Test
    void jsonMayHaveSpacesAndUnknownFields() {
        String json = Vectors.version1().toJson().toPrettyString().replaceFirst("\\{", "{ \"client\": [1.5, null],");

        assertThat(decoded(oldHeader(json)).payer()).isEqualTo(Hex.lowerCase(Vectors.PAYER));
    }

    @Test
    void nullForAnAbsentObjectIsAbsent() {
        String json = Vectors.version2().toJson().toString()
                .replace("\"x402Version\":2", "\"x402Version\":2,\"extensions\":null");

        assertThat(decoded(oldHeader(json)).extensions()).isEmpty();
    }

    @Test
    void decodedPaymentEncodesToItself() {
        PaymentPayload once = decoded(PaymentHeaders.decode(Optional.of(V2), Optional.empty()));

        assertThat(decoded(PaymentHeaders.decode(Optional.of(once.headerText()), Optional.empty()))).isEqualTo(once);
    }

    @Test
    void randomBytesNeverThrowAndNeverPay() {
        var random = new Random(402);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            String raw = new String(bytes, StandardCharsets.ISO_8859_1);
            String encoded = Base64.getEncoder().encodeToString(bytes);

            assertThat(PaymentHeaders.decode(Optional.of(raw), Optional.empty()))
                    .isNotInstanceOf(DecodedPayment.Decoded.class);
            assertThat(PaymentHeaders.decode(Optional.empty(), Optional.of(encoded)))
                    .isEqualTo(new DecodedPayment.Malformed(Reasons.INVALID_PAYLOAD));
        }
    }

    @Test
    void samplesWithRandomBytesChangedNeverThrow() {
        var random = new Random(3009);
        byte[] sample = Vectors.version2().toJson().toString().getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = sample.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            DecodedPayment decoded = PaymentHeaders.decode(Optional.of(Base64.getEncoder().encodeToString(changed)),
                    Optional.empty());
            refused += decoded instanceof DecodedPayment.Malformed ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    private static PaymentPayload decoded(DecodedPayment decoded) {
        assertThat(decoded).isInstanceOf(DecodedPayment.Decoded.class);
        return ((DecodedPayment.Decoded) decoded).payload();
    }

    private static DecodedPayment oldHeader(String json) {
        return PaymentHeaders.decode(Optional.empty(),
                Optional.of(Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8))));
    }

    private static String upperCase(String hex) {
        return hex.substring(2).toUpperCase(Locale.ROOT);
    }
}
