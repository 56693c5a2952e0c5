package io.x402compute.x402.client;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.solana.SolanaWallet;

/**
 * Signs requests with a wallet, to manage what it has bought: six {@code X-Auth-*} headers over method, path, body, time and a
 * nonce, as x402Compute and its kind read them. They are good once; every request needs its own.
 */
public final class RequestSigner {
    private static final int NONCE_BYTES = 16;

    private final String chain;
    private final String address;
    private final String encoding;
    private final UnaryOperator<String> signature;
    private final Clock clock;
    private final RandomGenerator random;

    private RequestSigner(String chain, String address, String encoding, UnaryOperator<String> signature, Clock clock,
            RandomGenerator random) {
        this.chain = chain;
        this.address = address;
        this.encoding = encoding;
        this.signature = signature;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Signs with a wallet on Base.
     *
     * @param clock within a few minutes of the seller's
     */
    public static RequestSigner of(EvmWallet wallet, Clock clock) {
        return of(wallet, clock, new SecureRandom());
    }

    /**
     * Signs with a wallet on Solana.
     *
     * @param clock within a few minutes of the seller's
     */
    public static RequestSigner of(SolanaWallet wallet, Clock clock) {
        return of(wallet, clock, new SecureRandom());
    }

    static RequestSigner of(EvmWallet wallet, Clock clock, RandomGenerator random) {
        return new RequestSigner("base", wallet.wallet().address(), "hex", wallet::signMessage, clock, random);
    }

    static RequestSigner of(SolanaWallet wallet, Clock clock, RandomGenerator random) {
        return new RequestSigner("solana", wallet.address(), "base64",
                message -> Base64.getEncoder().encodeToString(wallet.sign(message.getBytes(StandardCharsets.UTF_8))),
                clock, random);
    }

    /**
     * A request with its headers.
     *
     * @param request without a body, and without such headers
     * @param body empty without one
     */
    public HttpRequest sign(HttpRequest request, byte[] body) {
        HttpRequest.Builder signed = HttpRequest.newBuilder(request, (name, value) -> true).method(request.method(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers(request.method(), request.uri().getRawPath(), body).forEach(signed::header);
        return signed.build();
    }

    /**
     * The headers of one request.
     *
     * @param path as it is sent, without the query
     * @param body empty without one
     */
    public Map<String, String> headers(String method, String path, byte[] body) {
        String timestamp = Long.toString(clock.millis());
        String nonce = nonce();
        String message = String.join("\n", "X402-COMPUTE-AUTH", "v1", chain, address, method, path, Sha256.hex(body),
                timestamp, nonce);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Auth-Address", address);
        headers.put("X-Auth-Chain", chain);
        headers.put("X-Auth-Signature", signature.apply(message));
        headers.put("X-Auth-Timestamp", timestamp);
        headers.put("X-Auth-Nonce", nonce);
        headers.put("X-Auth-Sig-Encoding", encoding);
        return headers;
    }

    private String nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return HexFormat.of().formatHex(nonce);
    }
}
