package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.x402.protocol.WireJson;

class CoinbaseKeyTest {
    /** RFC 8037, A.4. */
    private static final String EDDSA_SIGNED = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    private static final String EDDSA_SIGNATURE = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvp"
            + "Ar_MuM0KAg";
    /** RFC 7515, A.3. */
    private static final String ES256_SIGNED = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0d"
            + "HA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    private static final String ES256_SIGNATURE = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqP"
            + "P3-Kg6NU1Q";
    private static final String SEC1_OF_ANOTHER_CURVE = """
            -----BEGIN EC PRIVATE KEY-----
            MHQCAQEEICZkLabAYQvMnqOBcMtFls3eQFsKNq+Hk2WWBnUimPbdoAcGBSuBBAAK
            oUQDQgAEXoaMCJfkIdTxyUzzW08KSFhXYL4wosSVxskCvDEJZ0FMDWEPmh6Mr+U5
            1H1J8heW20husDKV98oH83dyz/c+FA==
            -----END EC PRIVATE KEY-----
            """;
    private static final String PKCS8_OF_ANOTHER_CURVE = """
            -----BEGIN PRIVATE KEY-----
            MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDAXilhwb/Nvok5CZejI
            7k7fz7TPifs83ZqMVYZ7zpMwW84A7uMhOD9+f/BwVcI/BOWhZANiAATsriRdX8Ql
            J7C0HCMAjHpAGKwrv8thahXsgDATj2V+p9Ks3dxh3vYDhF3XHxIfjKPZOxWRVAdU
            NcLz9eEf5hHgD0g9IG3sHpYwrAISVXfnVb+SpzmUbUHeSTDpr82uVjw=
            -----END PRIVATE KEY-----
            """;

    static Stream<String> ecKeys() {
        return Stream.of(CoinbaseTokens.EC_SEC1, CoinbaseTokens.EC_PKCS8,
                CoinbaseTokens.EC_SEC1.strip().replace("\n", "\\n"), CoinbaseTokens.EC_PKCS8.replace("\n", "\r\n"),
                // Without the public key.
                """
                        -----BEGIN EC PRIVATE KEY-----
                        MDECAQEEII6bEJ5xkJi/mASH3x9dd+nLKWBuvtImO19XwhPfhPSyoAoGCCqGSM49
                        AwEH
                        -----END EC PRIVATE KEY-----""");
    }

    @Test
    void publishedSignaturesAreThoseOfThePublishedKeys() {
        assertThat(CoinbaseTokens.isSigned("EdDSA", EDDSA_SIGNED, CoinbaseTokens.base64Url(EDDSA_SIGNATURE))).isTrue();
        assertThat(CoinbaseTokens.isSigned("ES256", ES256_SIGNED, CoinbaseTokens.base64Url(ES256_SIGNATURE))).isTrue();
        assertThat(CoinbaseTokens.isSigned("ES256", EDDSA_SIGNED, CoinbaseTokens.base64Url(ES256_SIGNATURE))).isFalse();
    }

    @Test
    void ed25519KeySignsAsPublished() {
        CoinbaseKey key = CoinbaseKey.of("id", CoinbaseTokens.EDDSA + "\n");

        assertThat(key.algorithm()).isEqualTo("EdDSA");
        assertThat(key.sign(EDDSA_SIGNED.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(CoinbaseTokens.base64Url(EDDSA_SIGNATURE));
    }

    @ParameterizedTest
    @MethodSource("ecKeys")
    void ecKeySignsInEveryFormThatItComesIn(String pem) {
        CoinbaseKey key = CoinbaseKey.of("id", pem);

        assertThat(key.algorithm()).isEqualTo("ES256");
        assertThat(CoinbaseTokens.isSigned("ES256", ES256_SIGNED,
                key.sign(ES256_SIGNED.getBytes(StandardCharsets.US_ASCII)))).isTrue();
    }

    static Stream<String> wrongKeys() {
        byte[] pair = Base64.getDecoder().decode(CoinbaseTokens.EDDSA);
        pair[63] ^= 1;
        String pem = CoinbaseTokens.EC_SEC1;
        return Stream.of("", "invalid-key", "c2hvcnQ=", CoinbaseTokens.EDDSA.substring(4),
                Base64.getEncoder().encodeToString(pair), CoinbaseTokens.EDDSA.replace('=', '*'),
                SEC1_OF_ANOTHER_CURVE, PKCS8_OF_ANOTHER_CURVE, pem.replace("EC PRIVATE", "PRIVATE"),
                CoinbaseTokens.EC_PKCS8.replace("PRIVATE", "EC PRIVATE"), pem.replace("MHcCAQEE", "MHcCAQIE"),
                pem.replace("MHcCAQEE", "MHcCAQE="), pem.replace("-----END", "-----FIN"), pem + pem,
                "-----BEGIN EC PRIVATE KEY-----\nMA==\n-----END EC PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\n====\n-----END EC PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----");
    }

    @ParameterizedTest
    @MethodSource("wrongKeys")
    void whatIsNoKeyIsRefusedWithoutBeingShown(String secret) {
        var refusal = catchThrowableOfType(IllegalArgumentException.class, () -> CoinbaseKey.of("id", secret));

        StringWriter trace = new StringWriter();
        refusal.printStackTrace(new PrintWriter(trace));
        secret.lines().filter(line -> line.length() > 3 && !line.startsWith("-----"))
                .forEach(line -> assertThat(trace.toString()).doesNotContain(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aKeyHasAnId(String id) {
        assertThat(catchThrowableOfType(IllegalArgumentException.class,
                () -> CoinbaseKey.of(id, CoinbaseTokens.EDDSA))).isNotNull();
    }

    @Test
    void aKeyFitsIntoOneSecret() {
        CoinbaseKey key = CoinbaseKey.ofJson(WireJson.object().put("id", "the id")
                .put("secret", CoinbaseTokens.EC_SEC1).toString());

        assertThat(key.id()).isEqualTo("the id");
        assertThat(key.algorithm()).isEqualTo("ES256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret-text", "[\"secret-text\"]", "{\"id\":\"a\"}", "{\"secret\":\"secret-text\"}",
        "{\"id\":7,\"secret\":\"secret-text\"}", "{\"id\":\"a\",\"secret\":\"secret-text\"}"})
    void aSecretThatHoldsNoKeyIsNotShown(String json) {
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> CoinbaseKey.ofJson(json)))
                .hasMessageNotContaining("secret-text");
    }

    @Test
    void aKeyShowsItsIdOnly() {
        assertThat(CoinbaseKey.of(CoinbaseTokens.KEY_ID, CoinbaseTokens.EDDSA)).hasToString(CoinbaseTokens.KEY_ID);
    }
}
