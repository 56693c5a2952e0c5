package io.x402compute.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The text that a wallet signs for one request: nine lines, without a line feed at the end.
 *
 * @param chain {@code base} or {@code solana}, as in {@code X-Auth-Chain}
 * @param address as in {@code X-Auth-Address}
 * @param method upper case
 * @param path without scheme, host and query
 * @param bodyHash SHA-256 of the exact bytes of the body, 64 lower-case hex digits
 * @param timestamp epoch milliseconds, as in {@code X-Auth-Timestamp}
 * @param nonce as in {@code X-Auth-Nonce}
 */
public record WalletMessage(
        String chain,
        String address,
        String method,
        String path,
        String bodyHash,
        String timestamp,
        String nonce) {

    /** What is to be signed, as UTF-8. */
    public String text() {
        return String.join("\n", "X402-COMPUTE-AUTH", "v1", chain, address, method, path, bodyHash, timestamp, nonce);
    }

    /** The hash that stands for a body in the message; of no bytes for a request without a body. */
    public static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
