package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Vectors;

class CoinbaseFacilitatorTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Payment PAYMENT = new Payment(
            Vectors.offer().paidWith(Vectors.canonical(Vectors.signedBy(Vectors.PAYER, Vectors.SIGNATURE))),
            Vectors.OFFER);

    private final OnchainBench.TestClock clock = new OnchainBench.TestClock(
            Instant.ofEpochSecond(1740672100, 999_999_999));

    @ParameterizedTest
    @CsvSource({"ES256,POST,verify", "EdDSA,POST,verify", "ES256,POST,settle", "EdDSA,GET,supported"})
    void tokenIsWhatCoinbaseWantsToSee(String algorithm, String method, String path) {
        CoinbaseTokens.Verified token = token(authorization(algorithm), method,
                URI.create(CoinbaseAuthorization.FACILITATOR + "/" + path));

        assertThat(token.header().get("nonce").textValue()).matches("[0-9a-f]{32}");
        assertThat(token.header().without("nonce").toString()).isEqualTo(
                "{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"JWT\"}".formatted(algorithm, CoinbaseTokens.KEY_ID));
        assertThat(token.claims().toString()).isEqualTo("""
                {"sub":"%s","iss":"cdp","aud":["cdp_service"],"uris":["%s api.cdp.coinbase.com/platform/v2/x402/%s"],\
                "iat":1740672100,"nbf":1740672100,"exp":1740672220}""".formatted(CoinbaseTokens.KEY_ID, method, path));
    }

    @Test
    void everyCallHasATokenOfItsOwnFromTheKeyOfThatMoment() {
        AtomicInteger keys = new AtomicInteger();
        var authorization = new CoinbaseAuthorization(
                () -> CoinbaseKey.of("key " + keys.incrementAndGet(), CoinbaseTokens.EDDSA), clock);
        assertThat(keys).hasValue(0);

        CoinbaseTokens.Verified one = token(authorization, "GET", CoinbaseAuthorization.FACILITATOR);
        clock.advance(Duration.ofSeconds(7));
        CoinbaseTokens.Verified other = token(authorization, "GET", CoinbaseAuthorization.FACILITATOR);

        assertThat(one.header().get("kid").textValue()).isEqualTo("key 1");
        assertThat(other.header().get("kid").textValue()).isEqualTo("key 2");
        assertThat(one.header().get("nonce")).isNotEqualTo(other.header().get("nonce"));
        assertThat(other.claims().get("iat").longValue() - one.claims().get("iat").longValue()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "EdDSA"})
    void eachCallOfAPaymentIsAuthorizedForItsPathAlone(String algorithm) throws IOException {
        try (FacilitatorDouble remote = new FacilitatorDouble()) {
            remote.answers(200, "{\"isValid\":true}").answers(200,
                    "{\"success\":true,\"transaction\":\"%s\",\"network\":\"eip155:84532\"}"
                            .formatted(Vectors.TRANSACTION));
            var facilitator = new RemoteFacilitator(remote.base(), Vectors.RESOURCE, LONG, LONG,
                    authorization(algorithm), clock);

            assertThat(facilitator.verify(PAYMENT)).isInstanceOf(Verification.Verified.class);
            assertThat(facilitator.settle(PAYMENT, SettlementHandle.REMOTE, LONG))
                    .isInstanceOf(Settlement.Settled.class);

            String host = remote.base().getRawAuthority();
            assertThat(remote.authorizations()).extracting(CoinbaseFacilitatorTest::uri).containsExactly(
                    "GET " + host + "/facilitator/supported", "POST " + host + "/facilitator/verify",
                    "POST " + host + "/facilitator/settle");
        }
    }

    @Test
    void whereTheKeyIsNotTakenNothingIsSaidOfThePayment() throws IOException {
        try (FacilitatorDouble remote = new FacilitatorDouble()) {
            remote.answers(401, "{\"errorType\":\"unauthorized\"}").answers(401, "{\"errorType\":\"unauthorized\"}");
            var facilitator = new RemoteFacilitator(remote.base(), Vectors.RESOURCE, LONG, LONG,
                    authorization("EdDSA"), clock);

            assertThat(facilitator.verify(PAYMENT)).isInstanceOf(Verification.Unavailable.class);
            assertThat(facilitator.settle(PAYMENT, SettlementHandle.REMOTE, LONG))
                    .isInstanceOf(Settlement.Unknown.class);
        }
    }

    @Test
    void whereThereIsNoKeyNobodyIsAskedAndNothingIsSaidOfThePayment() throws IOException {
        try (FacilitatorDouble remote = new FacilitatorDouble()) {
            var facilitator = new RemoteFacilitator(remote.base(), Vectors.RESOURCE, LONG, LONG,
                    new CoinbaseAuthorization(() -> {
                        throw new FacilitatorAuthorization.NoKey("no key");
                    }, clock), clock);

            assertThat(facilitator.verify(PAYMENT)).isInstanceOf(Verification.Unavailable.class);
            assertThat(facilitator.settle(PAYMENT, SettlementHandle.REMOTE, LONG))
                    .isEqualTo(new Settlement.Unknown("", "no key"));
            assertThat(remote.authorizations()).isEmpty();
        }
    }

    private CoinbaseAuthorization authorization(String algorithm) {
        CoinbaseKey key = CoinbaseKey.of(CoinbaseTokens.KEY_ID,
                algorithm.equals("EdDSA") ? CoinbaseTokens.EDDSA : CoinbaseTokens.EC_PKCS8);
        return new CoinbaseAuthorization(() -> key, clock);
    }

    private static CoinbaseTokens.Verified token(CoinbaseAuthorization authorization, String method, URI target) {
        return verified(authorization.headers(method, target).get("Authorization"));
    }

    private static String uri(String header) {
        JsonNode uris = verified(header).claims().get("uris");
        assertThat(uris).hasSize(1);
        return uris.get(0).textValue();
    }

    private static CoinbaseTokens.Verified verified(String header) {
        assertThat(header).startsWith("Bearer ");
        return CoinbaseTokens.verified(header.substring("Bearer ".length()));
    }
}
