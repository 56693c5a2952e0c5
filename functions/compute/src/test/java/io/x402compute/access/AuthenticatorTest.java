package io.x402compute.access;

import static io.x402compute.access.SkillRequests.with;
import static io.x402compute.access.SkillRequests.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.access.ApiKeyIssuer.Issue.Issued;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ManualClock;
import io.x402compute.http.Requests;
import io.x402compute.store.Companion;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Wallet;
import io.x402compute.x402.solana.Base58;

class AuthenticatorTest {
    private static final Instant SIGNED = Instant.ofEpochMilli(1771372800123L);
    private static final Wallet WALLET = new Wallet(SkillRequests.EVM);
    private static final EvmWallet KEY_1 = EvmWallet
            .of("0x0000000000000000000000000000000000000000000000000000000000000001");

    private final ManualClock clock = new ManualClock(SIGNED);
    private final InMemoryNonces nonces = new InMemoryNonces();
    private final InMemoryApiKeys keys = new InMemoryApiKeys();
    private final ApiKeyHash hash = new ApiKeyHash(() -> "pepper");
    private final Signatures signatures = new Signatures(nonces, clock);
    private final Authenticator authenticator = new Authenticator(signatures, new ApiKeyCheck(keys, hash, clock));

    @Test
    void requestsOfThePublicSkillAreTheirWallets() {
        assertThat(authenticator.authenticate(SkillRequests.list())).contains(new Wallet(SkillRequests.EVM));
        assertThat(authenticator.require(SkillRequests.listFromSolana())).isEqualTo(new Wallet(SkillRequests.SOLANA));
        assertThat(new Signatures(new InMemoryNonces(), clock).require(SkillRequests.createKey()))
                .isEqualTo(new Wallet(SkillRequests.EVM));
    }

    @Test
    void requestWithoutCredentialsIsNobodysButMayBeRefused() {
        assertThat(authenticator.authenticate(Requests.get("/compute/instances"))).isEmpty();
        assertThatThrownBy(() -> authenticator.require(Requests.get("/compute/instances")))
                .hasMessage("Missing auth headers");
        assertRefused("missing_auth", Requests.get("/compute/instances"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Auth-Address", "X-Auth-Chain", "X-Auth-Signature", "X-Auth-Timestamp", "X-Auth-Nonce"})
    void someButNotAllHeadersAreRefused(String header) {
        assertRefused("missing_auth", without(SkillRequests.list(), header));
    }

    @Test
    void encodingAloneIsRefusedAndItsAbsenceMeansTheChainsUsualOne() {
        assertRefused("missing_auth",
                Requests.withHeaders(Requests.get("/compute/instances"), Map.of("X-Auth-Sig-Encoding", "hex")));
        assertThat(authenticator.authenticate(without(SkillRequests.list(), "X-Auth-Sig-Encoding"))).isPresent();
        assertThat(authenticator.authenticate(without(SkillRequests.listFromSolana(), "X-Auth-Sig-Encoding")))
                .isPresent();
    }

    @Test
    void solanaSignatureMayComeInBase58() {
        ApiRequest base58 = with(with(SkillRequests.listFromSolana(), "x-auth-signature", base58OfTheSolanaSignature()),
                "x-auth-sig-encoding", "base58");

        assertRefused("invalid_auth", with(base58, "x-auth-sig-encoding", "base64"));
        assertThat(authenticator.authenticate(base58)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"x-auth-chain, ethereum", "x-auth-chain, BASE", "x-auth-chain, solana", "x-auth-address, 0x12",
        "x-auth-address, 9C6hybhQ6Aycep9jaUnP6uL9ZYvDjUp1aSkFWPUFJtpj",
        "x-auth-address, 0x2b5ad5c4795c026514f8317c7a215e218dccd6cf", "x-auth-signature, 0x00", "x-auth-signature, zz",
        "x-auth-signature, ''", "x-auth-timestamp, 1771372800124", "x-auth-timestamp, -1771372800123",
        "x-auth-timestamp, 1771372800.123", "x-auth-timestamp, 99999999999999999999",
        "x-auth-nonce, 0123456789abcdef0123456789abcdee", "x-auth-nonce, a b", "x-auth-nonce, ''",
        "x-auth-sig-encoding, base64", "x-auth-sig-encoding, utf8",
        // What an HTTP API makes of a header that was sent twice.
        "x-auth-nonce, '0123456789abcdef0123456789abcdef,0123456789abcdef0123456789abcdef'"})
    void changedHeaderIsRefusedAndUsesNothingUp(String header, String value) {
        assertRefused("invalid_auth", with(SkillRequests.list(), header, value));
        assertThat(nonces.size()).isZero();
    }

    @Test
    void signatureIsGoodForOneMethodPathAndBody() {
        Map<String, String> headers = SkillRequests.createKey().headers();

        assertRefused("invalid_auth", Requests.withHeaders(Requests.request("DELETE", "/compute/api-keys",
                SkillRequests.LABEL), headers));
        assertRefused("invalid_auth",
                Requests.withHeaders(Requests.post("/compute/api-keys/", SkillRequests.LABEL), headers));
        assertRefused("invalid_auth",
                Requests.withHeaders(Requests.post("/compute/api-keys", "{\"label\": \"my-agent\"}"), headers));
    }

    @Test
    void queryMayBeSignedOrNot() {
        ApiRequest unsignedQuery = Requests.withQuery(SkillRequests.list(), "wallet", SkillRequests.EVM);
        assertThat(authenticator.authenticate(unsignedQuery)).isPresent();

        ApiRequest signedQuery = Requests.withQuery(
                signed("GET", "/compute/instances?wallet=" + SkillRequests.EVM, "/compute/instances", "fedcba98"),
                "wallet",
                SkillRequests.EVM);
        assertThat(authenticator.authenticate(signedQuery)).isPresent();
        assertRefused("invalid_auth", Requests.withQuery(
                signed("GET", "/compute/instances?wallet=" + SkillRequests.EVM, "/compute/instances", "fedcba99"),
                "wallet",
                "another"));
    }

    @Test
    void timestampMayBeFiveMinutesOffEitherWay() {
        clock.advance(Duration.ofMinutes(5));
        assertThat(authenticator.authenticate(SkillRequests.list())).isPresent();

        clock.advance(Duration.ofMillis(1));
        assertRefused("expired_auth", SkillRequests.createKey());
        clock.advance(Duration.ofMinutes(-10).minusMillis(2));
        assertRefused("expired_auth", SkillRequests.createKey());
        clock.advance(Duration.ofMillis(1));
        assertThat(authenticator.authenticate(SkillRequests.listFromSolana())).isPresent();
    }

    @Test
    void nonceWorksOncePerWalletForAsLongAsItsSignatureIsInTime() {
        clock.advance(Duration.ofMinutes(-5));
        authenticator.require(SkillRequests.list());
        authenticator.require(SkillRequests.listFromSolana());

        assertRefused("replayed_nonce", SkillRequests.list());
        clock.advance(Duration.ofMinutes(10));
        assertRefused("replayed_nonce", SkillRequests.list());
        assertRefused("replayed_nonce", SkillRequests.createKey());
    }

    @Test
    void addressInAnotherSpellingIsTheSameWalletWithTheSameNonces() {
        String checksummed = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf";
        WalletMessage message = new WalletMessage("base", checksummed, "GET", "/compute/instances",
                WalletMessage.hash(new byte[0]), SkillRequests.TIMESTAMP, SkillRequests.NONCE);
        ApiRequest request = Requests.withHeaders(Requests.get("/compute/instances"),
                SkillRequests.headers("base", checksummed, KEY_1.signMessage(message.text()), "hex"));

        assertThat(authenticator.authenticate(request)).contains(new Wallet(SkillRequests.EVM));
        assertRefused("replayed_nonce", SkillRequests.list());
    }

    @Test
    void requestWithAnApiKeyIsOfTheWalletThatMadeItUntilItIsRevoked() {
        Issued made = issue(WALLET);
        ApiRequest request = keyed(made.secret().text());

        assertThat(authenticator.authenticate(request)).contains(WALLET);
        assertThat(authenticator.require(request)).isEqualTo(WALLET);
        assertThat(nonces.size()).isZero();
        keys.revoke(WALLET, made.key().id(), clock.instant());
        assertRefused("unknown_api_key", request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer %s", "bearer  %s "})
    void keyMayComeAsABearerToken(String form) {
        Issued made = issue(WALLET);
        ApiRequest request = Requests.withHeaders(Requests.get("/compute/instances"),
                Map.of("authorization", form.formatted(made.secret().text())));

        assertThat(authenticator.authenticate(request)).contains(WALLET);
        assertThat(Authenticator.hasKey(request)).isTrue();
    }

    @Test
    void otherKindsOfAuthorizationAreNobodys() {
        assertThat(authenticator.authenticate(
                Requests.withHeaders(Requests.get("/compute/instances"), Map.of("authorization", "Basic eA=="))))
                .isEmpty();
    }

    @Test
    void twoKeysAtOnceAreNone() {
        String one = issue(WALLET).secret().text();
        String other = issue(WALLET).secret().text();

        assertRefused("unknown_api_key",
                Requests.withHeaders(Requests.get("/compute/instances"),
                        Map.of("X-API-Key", one, "authorization", "Bearer " + other)));
    }

    @Test
    void keyThatNobodyMadeIsUnknown() {
        assertRefused("unknown_api_key", keyed(ApiKeySecret.random(new SecureRandom()).text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x402c_", "x402c_whatever", "x402c_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE",
        "x402c_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatCannotBeAKeyIsUnknownWithoutALookAtTheTable(String lookAlike) {
        assertRefused("unknown_api_key", keyed(lookAlike));
        assertThat(keys.reads()).isZero();
    }

    @Test
    void useIsNotedOncePerHour() {
        ApiRequest request = keyed(issue(WALLET).secret().text());

        authenticator.require(request);
        clock.advance(Duration.ofHours(1));
        authenticator.require(request);
        assertThat(keys.notedUses()).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        authenticator.require(request);
        assertThat(keys.notedUses()).isEqualTo(2);
    }

    @Test
    void signatureAndKeyAtOnceAreRefusedAndUseNothingUp() {
        ApiRequest both = with(SkillRequests.list(), "X-API-Key", issue(WALLET).secret().text());

        assertRefused(400, "two_credentials", () -> authenticator.authenticate(both));
        assertRefused(400, "two_credentials", () -> signatures.require(both));
        assertThat(nonces.size()).isZero();
        assertThat(keys.reads()).isZero();
    }

    @Test
    void keyCannotStandInForTheWalletItself() {
        ApiRequest request = keyed(issue(WALLET).secret().text());

        assertRefused(403, "signature_required", () -> signatures.require(request));
        assertRefused(403, "signature_required", () -> signatures.require(keyed("x402c_whatever")));
        assertRefused(401, "missing_auth", () -> signatures.require(Requests.get("/compute/api-keys")));
    }

    private Issued issue(Wallet owner) {
        return (Issued) new ApiKeyIssuer(keys, hash, clock).issue(owner, Optional.empty(),
                issued -> Companion.nobody());
    }

    private static ApiRequest keyed(String key) {
        return Requests.withHeaders(Requests.get("/compute/instances"), Map.of("X-API-Key", key));
    }

    private static ApiRequest signed(String method, String signedPath, String path, String nonce) {
        WalletMessage message = new WalletMessage("base", SkillRequests.EVM, method, signedPath,
                WalletMessage.hash(new byte[0]), SkillRequests.TIMESTAMP, nonce);
        return with(Requests.withHeaders(Requests.request(method, path, ""),
                SkillRequests.headers("base", SkillRequests.EVM, KEY_1.signMessage(message.text()), "hex")),
                "x-auth-nonce",
                nonce);
    }

    private static String base58OfTheSolanaSignature() {
        return Base58.encode(Base64.getDecoder().decode(SkillRequests.SOLANA_SIGNATURE));
    }

    private void assertRefused(String code, ApiRequest request) {
        assertRefused(401, code, () -> authenticator.require(request));
    }

    private static void assertRefused(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.code()).isEqualTo(code);
        });
    }
}
