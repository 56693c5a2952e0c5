package io.x402compute.x402.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.extension.SignInCheck.Outcome;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Wallet;
import io.x402compute.x402.protocol.WireJson;
import io.x402compute.x402.solana.Base58;
import io.x402compute.x402.solana.SolanaWallet;

/** Against proofs that the reference implementation made with the same keys, and accepts. */
class SignInTest {
    private static final EvmWallet EVM = EvmWallet
            .of("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
    private static final SolanaWallet SOLANA = SolanaWallet.ofSeed(HexFormat.of().parseHex("01".repeat(32)));
    private static final String URI = "https://api.example.com/premium-data";
    private static final SignInMessage MESSAGE = new SignInMessage("api.example.com",
            Optional.of("Sign in to access premium data"), URI, "a1b2c3d4e5f67890a1b2c3d4e5f67890",
            "2024-01-15T10:30:00.000Z", Optional.of("2024-01-15T10:35:00.000Z"), Optional.empty(), Optional.empty(),
            List.of(URI));
    private static final SignInOrigin ORIGIN = SignInOrigin.of("https://api.example.com").orElseThrow();
    private static final Instant ISSUED = Instant.parse("2024-01-15T10:30:00Z");
    private static final String EVM_PROOF = SignInProof.of(MESSAGE, EVM, Network.BASE).header();

    @Test
    void ethereumAccountSignsAsTheReferenceSigns() {
        SignInProof proof = SignInProof.of(MESSAGE, EVM, Network.BASE);

        assertThat(proof.signature()).isEqualTo("0x4c261c7acf140d1a136a34d486f56f787ce8c5a25624809f0aa6382aa842b8b65d"
                + "ab28ceb6f8b1f92c2738e0d5e8c09a09c09b6432d1c8fd904bac587a0b35d11c");
        assertThat(check(proof)).isEqualTo(new Outcome.SignedIn(EVM.wallet()));
    }

    @Test
    void solanaAccountSignsAsTheReferenceSigns() {
        SignInProof proof = SignInProof.of(MESSAGE, SOLANA, Network.SOLANA);

        assertThat(proof.signature())
                .isEqualTo("66amenKxDmXkKBmsxE5DkF9JAPwefaCsqLnHWR6BsKboCrTqNkq9QLpa8jTV6SoDhEENeF1WkRSDaT6Ytd4aF3Pe");
        assertThat(check(proof)).isEqualTo(new Outcome.SignedIn(new Wallet(SOLANA.address())));
    }

    @Test
    void headerHoldsTheFieldsInTheOrderOfTheReference() {
        SignInProof proof = SignInProof.of(MESSAGE, EVM, Network.BASE);

        ObjectNode json = WireJson.parseHeader(proof.header()).orElseThrow();
        assertThat(json.propertyStream().map(Map.Entry::getKey)).containsExactly("domain", "address",
                "statement", "uri", "version", "chainId", "type", "nonce", "issuedAt", "expirationTime", "resources",
                "signature");
        assertThat(SignInProof.decode(proof.header())).contains(proof);
    }

    @Test
    void statementThatIsNotThereLeavesItsLineToEthereumOnly() {
        SignInMessage bare = new SignInMessage("api.example.com", Optional.of(""), URI, "12345678", "now",
                Optional.empty(), Optional.of("then"), Optional.of("7"), List.of());

        assertThat(bare.text(SignInChain.of("eip155:8453").orElseThrow(), "0xA")).isEqualTo(
                "api.example.com wants you to sign in with your Ethereum account:\n0xA\n\n\nURI: " + URI
                        + "\nVersion: 1\nChain ID: 8453\nNonce: 12345678\nIssued At: now\nNot Before: then\nRequest ID: 7");
        assertThat(bare.text(SignInChain.of("solana:abc").orElseThrow(), "B")).isEqualTo(
                "api.example.com wants you to sign in with your Solana account:\nB\n\nURI: " + URI
                        + "\nVersion: 1\nChain ID: abc\nNonce: 12345678\nIssued At: now\nNot Before: then\nRequest ID: 7");
    }

    @ParameterizedTest
    @CsvSource({
        "domain, api.example.com:443, DOMAIN_MISMATCH", "domain, evil.example, DOMAIN_MISMATCH",
        "uri, https://api.example.com.evil.example/, URI_MISMATCH", "uri, http://api.example.com/, URI_MISMATCH",
        "uri, https://api.example.com:444/, URI_MISMATCH", "uri, no address, URI_MISMATCH",
        "uri, mailto:me@api.example.com, URI_MISMATCH", "uri, https://me@api.example.com/, URI_MISMATCH",
        "issuedAt, yesterday, ISSUED_AT", "issuedAt, 2024-01-15T10:24:59.999Z, ISSUED_AT_TOO_OLD",
        "issuedAt, 2024-01-15T10:30:00.001Z, ISSUED_AT_IN_FUTURE",
        "expirationTime, soon, EXPIRATION_TIME", "expirationTime, 2024-01-15T10:29:59.999Z, EXPIRED",
        "notBefore, soon, NOT_BEFORE", "notBefore, 2024-01-15T10:30:00.001Z, NOT_YET_VALID",
        "chainId, bip122:000000000019d6689c085ae165831e93, UNSUPPORTED_CHAIN", "chainId, 8453, UNSUPPORTED_CHAIN",
        "chainId, eip155:base, CHAIN_ID", "chainId, eip155:, CHAIN_ID",
        "chainId, eip155:1, SIGNATURE", "statement, Give me everything, SIGNATURE",
        "nonce, a1b2c3d4e5f67890a1b2c3d4e5f67891, SIGNATURE", "requestId, 7, SIGNATURE",
        "address, 0x70997970C51812dc3A010C7d01b50e0d17dc79C8, SIGNATURE", "address, me, SIGNATURE",
        "signature, 0x00, SIGNATURE", "signature, signed, SIGNATURE",
        "chainId, solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp, MALFORMED_SIGNATURE"})
    void changedProofIsRefusedForWhatWasChanged(String field, String value, SignInReason reason) {
        assertThat(check(changed(EVM_PROOF, json -> json.put(field, value)))).isEqualTo(new Outcome.Refused(reason));
    }

    @ParameterizedTest
    @CsvSource({"domain, api.example.com:443", "uri, https://api.example.com.evil.example/", "issuedAt, yesterday"})
    void codesAreThoseOfTheReference(String field, String value) {
        Outcome outcome = check(changed(EVM_PROOF, json -> json.put(field, value)));

        assertThat(((Outcome.Refused) outcome).reason().code()).isIn("invalid_siwx_domain_mismatch",
                "invalid_siwx_uri_mismatch", "invalid_siwx_issued_at");
    }

    @ParameterizedTest
    @CsvSource({"address, 11111111111111111111111111111111, SIGNATURE", "address, 1111, MALFORMED_SIGNATURE",
        "signature, 1111, MALFORMED_SIGNATURE", "signature, 0OIl, MALFORMED_SIGNATURE",
        "nonce, a1b2c3d4e5f67890a1b2c3d4e5f67891, SIGNATURE"})
    void changedSolanaProofIsRefused(String field, String value, SignInReason reason) {
        String header = SignInProof.of(MESSAGE, SOLANA, Network.SOLANA).header();

        assertThat(check(changed(header, json -> json.put(field, value)))).isEqualTo(new Outcome.Refused(reason));
    }

    /** The neutral point signs everything, for whoever does not look. */
    @Test
    void keyOfSmallOrderSignsNothing() {
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        byte[] signature = new byte[64];
        signature[0] = 1;
        String header = changed(SignInProof.of(MESSAGE, SOLANA, Network.SOLANA).header(),
                json -> json.put("address", Base58.encode(neutral)).put("signature", Base58.encode(signature)));

        assertThat(check(header)).isEqualTo(new Outcome.Refused(SignInReason.SIGNATURE));
    }

    @Test
    void messageIsGoodForFiveMinutesToTheMillisecond() {
        SignInMessage lasting = new SignInMessage(MESSAGE.domain(), Optional.empty(), URI, MESSAGE.nonce(),
                MESSAGE.issuedAt(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        SignInProof proof = SignInProof.of(lasting, EVM, Network.BASE_SEPOLIA);

        assertThat(check(proof, ISSUED.plusSeconds(300))).isEqualTo(new Outcome.SignedIn(EVM.wallet()));
        assertThat(check(proof, ISSUED.plusSeconds(300).plusMillis(1)))
                .isEqualTo(new Outcome.Refused(SignInReason.ISSUED_AT_TOO_OLD));
    }

    @Test
    void portIsPartOfTheDomainUnlessItIsTheUsualOne() {
        assertThat(SignInOrigin.of("http://localhost:4020/a?b")).map(SignInOrigin::host).contains("localhost:4020");
        assertThat(SignInOrigin.of("HTTPS://Api.Example.com:443")).contains(ORIGIN);
        assertThat(SignInOrigin.of("http://api.example.com:80")).map(SignInOrigin::host).contains("api.example.com");
        assertThat(SignInOrigin.of("http://my_machine:443")).map(SignInOrigin::host).contains("my_machine:443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"domain", "address", "uri", "version", "chainId", "type", "nonce", "issuedAt", "signature"})
    void proofWithoutAFieldOrWithAnotherTypeIsNone(String field) {
        assertThat(SignInProof.decode(changed(EVM_PROOF, json -> json.without(field)))).isEmpty();
        assertThat(SignInProof.decode(changed(EVM_PROOF, json -> json.put(field, 1)))).isEmpty();
        assertThat(SignInProof.decode(changed(EVM_PROOF, json -> json.putNull(field)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"version, 2", "type, eip712", "nonce, short", "nonce, 'a b c d e f'", "statement, 'a\nb'",
        "domain, 'a\n'",
        "uri, 'https://api.example.com/\nURI: x'", "address, '0x\n'", "resources, one"})
    void proofThatCouldBeReadInTwoWaysIsNone(String field, String value) {
        assertThat(SignInProof.decode(changed(EVM_PROOF, json -> json.put(field, value)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "e30=", "e30", "W10=", "not base64", "{}"})
    void headerThatIsNoProofIsNone(String header) {
        assertThat(SignInProof.decode(header)).isEmpty();
        assertThat(SignInProof.decode(Base64.getEncoder().encodeToString(new byte[9000]))).isEmpty();
    }

    @Test
    void challengeSaysAllThatIsToBeSignedAndAsksForNoMoney() {
        ObjectNode said = WireJson.parseHeader(
                SignInChallenge.header(MESSAGE, List.of(Network.BASE, Network.SOLANA), "Sign in")).orElseThrow();

        assertThat(said.path("x402Version").intValue()).isEqualTo(2);
        assertThat(said.path("accepts").isArray()).isTrue();
        assertThat(said.path("accepts")).isEmpty();
        ObjectNode extension = (ObjectNode) said.at("/extensions/sign-in-with-x");
        assertThat(extension.path("supportedChains").toString()).isEqualTo("""
                [{"chainId":"eip155:8453","type":"eip191"},\
                {"chainId":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp","type":"ed25519"}]""");
        ObjectNode signed = ((ObjectNode) extension.path("info")).put("address", EVM.address())
                .put("chainId", "eip155:8453").put("type", "eip191")
                .put("signature", SignInProof.of(MESSAGE, EVM, Network.BASE).signature());
        assertThat(check(WireJson.headerText(signed))).isEqualTo(new Outcome.SignedIn(EVM.wallet()));
    }

    private static String changed(String header, UnaryOperator<ObjectNode> change) {
        return Base64.getEncoder().encodeToString(
                change.apply(WireJson.parseHeader(header).orElseThrow()).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Outcome check(String header) {
        return check(SignInProof.decode(header).orElseThrow());
    }

    private static Outcome check(SignInProof proof) {
        return check(proof, ISSUED);
    }

    private static Outcome check(SignInProof proof, Instant now) {
        return new SignInCheck(Clock.fixed(now, ZoneOffset.UTC)).check(proof, ORIGIN);
    }
}
