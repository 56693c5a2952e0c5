package io.x402compute.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.ManualClock;
import io.x402compute.http.Requests;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.extension.SignInMessage;
import io.x402compute.x402.extension.SignInProof;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Wallet;
import io.x402compute.x402.protocol.WireJson;
import io.x402compute.x402.solana.SolanaWallet;

/** The proof of a sign-in stands in for a signature over the request, once. */
class SignInsTest {
    private static final Instant NOW = Instant.ofEpochMilli(1771372800123L);
    private static final EvmWallet EVM = EvmWallet.of("0x" + "11".repeat(32));
    private static final SolanaWallet SOLANA = SolanaWallet.ofSeed(HexFormat.of().parseHex("01".repeat(32)));
    private static final ApiRequest LIST = Requests.get("/compute/instances");

    private final ManualClock clock = new ManualClock(NOW);
    private final InMemoryNonces nonces = new InMemoryNonces();
    private final Signatures signatures = new Signatures(nonces, clock);
    private final Authenticator authenticator = new Authenticator(signatures,
            new ApiKeyCheck(new InMemoryApiKeys(), new ApiKeyHash(() -> "pepper"), clock));

    @Test
    void whatAnUnknownCallerIsAskedToSignLetsHimIn() {
        SignInMessage asked = asked(LIST);

        assertThat(asked.domain()).isEqualTo("api.example");
        assertThat(asked.uri()).isEqualTo("https://api.example/compute/instances");
        assertThat(asked.nonce()).matches("[0-9a-f]{32}").isNotEqualTo(asked(LIST).nonce());
        assertThat(authenticator.require(proved(LIST, SignInProof.of(asked, EVM, Network.BASE))))
                .isEqualTo(EVM.wallet());
        assertThat(authenticator.require(proved(LIST, SignInProof.of(asked, SOLANA, Network.SOLANA))))
                .as("a nonce is its wallet's own").isEqualTo(new Wallet(SOLANA.address()));
        assertThat(signatures.require(proved(LIST, SignInProof.of(asked(LIST), EVM, Network.BASE_SEPOLIA))))
                .isEqualTo(EVM.wallet());
    }

    @Test
    void aProofLetsInOnceAndTheNextIsAskedFor() {
        ApiRequest request = proved(LIST, SignInProof.of(asked(LIST), EVM, Network.BASE));
        authenticator.require(request);

        ApiException refusal = refusal(request);

        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.code()).isEqualTo("invalid_siwx_nonce");
        clock.advance(Duration.ofMinutes(5));
        assertThat(refusal(request).code()).as("to the end of its time").isEqualTo("invalid_siwx_nonce");
        assertThat(authenticator.require(proved(LIST, SignInProof.of(message(refusal), EVM, Network.BASE))))
                .isEqualTo(EVM.wallet());
        clock.advance(Duration.ofMillis(1));
        assertThat(refusal(request).code()).isEqualTo("invalid_siwx_issued_at_too_old");
    }

    @Test
    void aProofThatDoesNotHoldUsesNothingUp() {
        SignInProof proof = SignInProof.of(asked(LIST), EVM, Network.BASE);
        SignInProof forged = new SignInProof(proof.message(), SkillRequests.EVM, proof.chainId(), proof.signature());

        assertThat(refusal(proved(LIST, forged)).code()).isEqualTo("invalid_siwx_signature");

        assertThat(nonces.size()).isZero();
        assertThat(authenticator.require(proved(LIST, proof))).isEqualTo(EVM.wallet());
    }

    @Test
    void aProofForAnotherOriginIsNoneHere() {
        SignInMessage here = asked(LIST);
        SignInMessage elsewhere = new SignInMessage("evil.example", here.statement(), here.uri(), here.nonce(),
                here.issuedAt(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

        assertThat(refusal(proved(LIST, SignInProof.of(elsewhere, EVM, Network.BASE))).code())
                .isEqualTo("invalid_siwx_domain_mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "e30=", "zz", "a,b"})
    void whatIsNoProofIsRefusedAndChallenged(String header) {
        ApiException refusal = refusal(Requests.withHeaders(LIST, Map.of("SIGN-IN-WITH-X", header)));

        assertThat(refusal.code()).isEqualTo("invalid_auth");
        assertThat(message(refusal).domain()).isEqualTo("api.example");
    }

    @Test
    void whoeverSignsInSendsNoOtherCredentials() {
        String proof = SignInProof.of(asked(LIST), EVM, Network.BASE).header();

        for (Map<String, String> other : List.of(SkillRequests.list().headers(), Map.of("X-API-Key", "x402c_"))) {
            ApiRequest both = Requests.withHeaders(LIST, with(other, proof));

            assertThat(refusal(both).code()).isEqualTo("two_credentials");
            assertThatThrownBy(() -> signatures.require(both)).isInstanceOfSatisfying(ApiException.class,
                    refusal -> assertThat(refusal.code()).isEqualTo("two_credentials"));
        }
        assertThat(nonces.size()).isZero();
    }

    @Test
    void theNonceOfASignInNamesItsRequest() {
        SignInMessage asked = asked(LIST);

        assertThat(Authenticator.nonce(proved(LIST, SignInProof.of(asked, EVM, Network.BASE))))
                .contains("siwx:" + asked.nonce());
        assertThat(Authenticator.nonce(LIST)).isEmpty();
    }

    private SignInMessage asked(ApiRequest request) {
        return message(refusal(request));
    }

    private ApiException refusal(ApiRequest request) {
        try {
            authenticator.require(request);
        } catch (ApiException refusal) {
            return refusal;
        }
        throw new AssertionError("let in");
    }

    private static SignInMessage message(ApiException refusal) {
        ApiResponse response = refusal.response("request-1");
        JsonNode info = WireJson.parseHeader(response.headers().get("PAYMENT-REQUIRED")).orElseThrow()
                .at("/extensions/sign-in-with-x/info");
        return new SignInMessage(info.path("domain").textValue(), Optional.of(info.path("statement").textValue()),
                info.path("uri").textValue(), info.path("nonce").textValue(), info.path("issuedAt").textValue(),
                Optional.of(info.path("expirationTime").textValue()), Optional.empty(), Optional.empty(),
                List.of(info.at("/resources/0").textValue()));
    }

    private static ApiRequest proved(ApiRequest request, SignInProof proof) {
        return Requests.withHeaders(request, Map.of(SignInProof.HEADER, proof.header()));
    }

    private static Map<String, String> with(Map<String, String> headers, String proof) {
        Map<String, String> both = new HashMap<>(headers);
        both.put(SignInProof.HEADER, proof);
        return both;
    }
}
