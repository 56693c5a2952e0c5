package io.x402compute.local.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.x402compute.x402.evm.EvmWallet;

/** Signs requests with a wallet: six {@code X-Auth-*} headers over method, path, body, time and a nonce. */
final class WalletAuthentication {
    private static final String CHAIN = "base";
    private static final int NONCE_BYTES = 16;

    private final EvmWallet wallet;
    private final Clock clock;
    private final RandomGenerator random;

    /** @param random of which nonces are made */
    WalletAuthentication(EvmWallet wallet, Clock clock, RandomGenerator random) {
        this.wallet = wallet;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The headers of one request; another needs its own, for a nonce is good once.
     *
     * @param path without the query
     * @param body empty without one
     */
    Map<String, String> headers(String method, String path, byte[] body) {
        String address = wallet.wallet().address();
        String timestamp = Long.toString(clock.millis());
        String nonce = nonce();
        String message = String.join(
                "\n", "X402-COMPUTE-AUTH", "v1", CHAIN, address, method, path, sha256(body), timestamp, nonce);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Auth-Address", address);
        headers.put("X-Auth-Chain", CHAIN);
        headers.put("X-Auth-Signature", wallet.signMessage(message));
        headers.put("X-Auth-Timestamp", timestamp);
        headers.put("X-Auth-Nonce", nonce);
        headers.put("X-Auth-Sig-Encoding", "hex");
        return headers;
    }

    private String nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return HexFormat.of().formatHex(nonce);
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
