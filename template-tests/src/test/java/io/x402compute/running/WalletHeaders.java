package io.x402compute.running;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The six headers of a signed request, made as the public skill makes them.
 *
 * @param chain {@code base} or {@code solana}
 * @param address as the client writes it
 * @param encoding of the signature
 * @param signer from message to signature
 */
record WalletHeaders(String chain, String address, String encoding, UnaryOperator<String> signer) {

    Map<String, String> sign(String method, String path, byte[] body, Instant now) {
        return sign(method, path, body, now, UUID.randomUUID().toString().replace("-", ""));
    }

    Map<String, String> sign(String method, String path, byte[] body, Instant now, String nonce) {
        String timestamp = Long.toString(now.toEpochMilli());
        String message = String.join("\n", "X402-COMPUTE-AUTH", "v1", chain, address, method, path, sha256(body),
                timestamp, nonce);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Auth-Address", address);
        headers.put("X-Auth-Chain", chain);
        headers.put("X-Auth-Signature", signer.apply(message));
        headers.put("X-Auth-Timestamp", timestamp);
        headers.put("X-Auth-Nonce", nonce);
        headers.put("X-Auth-Sig-Encoding", encoding);
        return headers;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
