package io.x402compute.x402.facilitator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.WireJson;

/** A secret key of Coinbase's developer platform. Never prints its secret. */
public final class CoinbaseKey {
    private final String id;
    private final Algorithm algorithm;
    private final PrivateKey key;

    /** As JSON Web Signatures call them, and as the JDK does. */
    private enum Algorithm {
        /** P-256, whose signatures are the two numbers one after the other. */
        ES256("ES256", "SHA256withECDSAinP1363Format"),
        /** Ed25519. */
        EDDSA("EdDSA", "Ed25519");

        private final String jose;
        private final String jdk;

        Algorithm(String jose, String jdk) {
            this.jose = jose;
            this.jdk = jdk;
        }
    }

    private CoinbaseKey(String id, Algorithm algorithm, PrivateKey key) {
        this.id = id;
        this.algorithm = algorithm;
        this.key = key;
    }

    /**
     * The key as the platform hands it out.
     *
     * @param id {@code CDP_API_KEY_ID}: a UUID, or {@code organizations/…/apiKeys/…}
     * @param secret {@code CDP_API_KEY_SECRET}: for Ed25519 the base64 of 64 bytes, the seed and then the public key; for P-256 a PEM, its
     *     line breaks also as {@code \n}
     * @throws IllegalArgumentException when it is neither; its message never holds the text
     */
    public static CoinbaseKey of(String id, String secret) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("the key has no id");
        }
        try {
            return EcKeyText.isPem(secret)
                    ? new CoinbaseKey(id, Algorithm.ES256, EcKeyText.read(secret))
                    : new CoinbaseKey(id, Algorithm.EDDSA, Ed25519KeyText.read(secret));
        } catch (GeneralSecurityException e) {
            // Without its cause, whose words are not ours to vouch for.
            throw new IllegalArgumentException("the secret is no key of a kind that the platform hands out");
        }
    }

    /**
     * The same as one text, which fits into one secret.
     *
     * @param json {@code {"id": "…", "secret": "…"}}
     * @throws IllegalArgumentException when it is not that; its message never holds the text
     */
    public static CoinbaseKey ofJson(String json) {
        ObjectNode fields = WireJson.parse(json.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalArgumentException("the key is no JSON object"));
        return of(needed(fields, "id"), needed(fields, "secret"));
    }

    private static String needed(ObjectNode fields, String name) {
        return WireJson.text(fields, name)
                .orElseThrow(() -> new IllegalArgumentException("the key has no " + name));
    }

    String id() {
        return id;
    }

    /** {@code ES256} or {@code EdDSA}. */
    String algorithm() {
        return algorithm.jose;
    }

    /** The 64 bytes of its signature under these. */
    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(algorithm.jdk);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK can sign with the keys it reads", e);
        }
    }

    /** The id: a key may end up in a log line, its secret may not. */
    @Override
    public String toString() {
        return id;
    }
}
