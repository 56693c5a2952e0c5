package io.x402compute.x402.facilitator;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.WireJson;

/** The other side of Coinbase's tokens, with the published keys of RFC 7515, A.3 (P-256) and RFC 8037, A (Ed25519). */
final class CoinbaseTokens {
    static final String KEY_ID = "organizations/0d3c1f0e-8a9b-4c1d-9e2f-3a4b5c6d7e8f/apiKeys/7f6e5d4c-3b2a-4190-8f7e-6d5c4b3a2910";
    /** As Coinbase's portal and OpenSSL write it. */
    static final String EC_SEC1 = """
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEII6bEJ5xkJi/mASH3x9dd+nLKWBuvtImO19XwhPfhPSyoAoGCCqGSM49
            AwEHoUQDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEXH8UTNG72b
            focs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==
            -----END EC PRIVATE KEY-----
            """;
    static final String EC_PKCS8 = """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjpsQnnGQmL+YBIff
            H1136cspYG6+0iY7X1fCE9+E9LKhRANCAAR/zc4ncPbEXUGDy+5v20t7WAczNXvp
            7xO6z248e9FURcfxRM0bvZt+hyzf7bnuufSzaV1uqQskrYpGIyiFiOWt
            -----END PRIVATE KEY-----
            """;
    private static final String EC_X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    private static final String EC_Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

    private static final byte[] ED_SEED = base64Url("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
    private static final byte[] ED_PUBLIC = base64Url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    static final String EDDSA = Base64.getEncoder().encodeToString(joined(ED_SEED, ED_PUBLIC));

    private CoinbaseTokens() {}

    /** A token whose signature is that of the key that its header's {@code alg} stands for. */
    record Verified(ObjectNode header, ObjectNode claims) {}

    static Verified verified(String token) {
        String[] parts = token.split("\\.", -1);
        ObjectNode header = WireJson.parse(base64Url(parts[0])).orElseThrow();
        String algorithm = header.get("alg").textValue();
        if (parts.length != 3 || !isSigned(algorithm, parts[0] + "." + parts[1], base64Url(parts[2]))) {
            throw new AssertionError("not signed by that key");
        }
        return new Verified(header, WireJson.parse(base64Url(parts[1])).orElseThrow());
    }

    /** Checks as RFC 7518 and RFC 8037 say. */
    static boolean isSigned(String algorithm, String signed, byte[] signature) {
        try {
            Signature verifier = switch (algorithm) {
                case "ES256" -> verifier("SHA256withECDSAinP1363Format", ecKey());
                case "EdDSA" -> verifier("Ed25519", edKey());
                default -> throw new AssertionError(algorithm);
            };
            verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signature.length == 64 && verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] base64Url(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    private static Signature verifier(String algorithm, PublicKey key) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(key);
        return verifier;
    }

    private static PublicKey ecKey() throws GeneralSecurityException {
        AlgorithmParameters p256 = AlgorithmParameters.getInstance("EC");
        p256.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(new BigInteger(1, base64Url(EC_X)), new BigInteger(1, base64Url(EC_Y)));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, p256.getParameterSpec(ECParameterSpec.class)));
    }

    private static PublicKey edKey() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519").generatePublic(
                new X509EncodedKeySpec(joined(HexFormat.of().parseHex("302a300506032b6570032100"), ED_PUBLIC)));
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
