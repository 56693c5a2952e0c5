package io.x402compute.local.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.x402.client.PayingClient;
import io.x402compute.x402.client.RequestSigner;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.RpcSolanaChain;
import io.x402compute.x402.solana.SolanaWallet;

/** A client that pays for machines and manages them with one wallet. Paths begin with a slash. */
public final class ComputeClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    private static final String INSTANCES = "/compute/instances";
    private static final byte[] NO_BODY = new byte[0];

    private final URI api;
    private final EvmWallet wallet;
    private final RequestSigner authentication;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final PayingClient paying;

    /**
     * A client of one wallet.
     *
     * @param limit the most that one payment may cost
     * @param clock the time that signatures and payments are made at
     */
    public ComputeClient(URI api, EvmWallet wallet, Usdc limit, Clock clock) {
        this.api = api;
        this.wallet = wallet;
        this.authentication = RequestSigner.of(wallet, clock);
        this.paying = PayingClient.of(wallet, limit).httpClient(http).clock(clock).build();
    }

    private ComputeClient(ComputeClient other, PayingClient paying) {
        this.api = other.api;
        this.wallet = other.wallet;
        this.authentication = other.authentication;
        this.paying = paying;
    }

    /**
     * The same client, paying on Solana. What it buys belongs to the wallet that pays, not to the one that signs its requests.
     *
     * @param node of that network
     */
    public ComputeClient payingFrom(SolanaWallet payer, URI node, Usdc limit) {
        RpcSolanaChain chain = new RpcSolanaChain(node, CONNECT_TIMEOUT, REQUEST_TIMEOUT);
        return new ComputeClient(this, PayingClient.of(payer, chain, limit).httpClient(http).build());
    }

    public EvmWallet wallet() {
        return wallet;
    }

    /** Asks without saying who asks. */
    public Answer get(String path) {
        return send(request("GET", path, NO_BODY, Map.of()));
    }

    /** Posts without saying who posts, and without paying. */
    public Answer post(String path, ObjectNode body) {
        return send(request("POST", path, bytes(body), Map.of()));
    }

    /**
     * Sends a request that the wallet signs.
     *
     * @param path without a query
     */
    public Answer signed(String method, String path) {
        return send(request(method, path, NO_BODY, authentication.headers(method, path, NO_BODY)));
    }

    /**
     * The wallet's machines, newest first, page after page, each read when it is come to.
     *
     * @param status as the API takes it: {@code live}, or states with commas between them
     */
    public Stream<JsonNode> instances(String status) {
        return Stream.iterate(page(status, Optional.empty()), Optional::isPresent,
                page -> page.flatMap(known -> Optional.ofNullable(known.path("next_cursor").textValue()))
                        .flatMap(cursor -> page(status, Optional.of(cursor))))
                .flatMap(page -> page.orElseThrow().path("instances").valueStream());
    }

    private Optional<JsonNode> page(String status, Optional<String> cursor) {
        String query = "?status=" + status + cursor.map("&cursor="::concat).orElse("");
        Answer answer = send(request("GET", INSTANCES + query, NO_BODY,
                authentication.headers("GET", INSTANCES, NO_BODY)));
        if (answer.status() != 200) {
            throw new IllegalStateException("a list was answered with " + answer.status() + " " + answer.body());
        }
        return Optional.of(answer.body());
    }

    /** Asks for the root password of a machine that was bought without a key. It is shown once. */
    public Answer password(String instanceId) {
        return signed("POST", "/compute/instances/" + instanceId + "/password");
    }

    /** What a post would cost; empty when nothing is asked for it. */
    public Optional<ReceivedOffer> quote(String path, ObjectNode body) {
        return exchange(() -> paying.quote(request("POST", path, bytes(body), Map.of())));
    }

    /** Posts, and pays what is asked. */
    public PaidResponse pay(String path, ObjectNode body) {
        return PaidResponse.of(exchange(() -> paying.send(request("POST", path, bytes(body), Map.of()))));
    }

    private Answer send(HttpRequest request) {
        return Answer.of(exchange(() -> http.send(request, BodyHandlers.ofByteArray())));
    }

    private HttpRequest request(String method, String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve(path))
                .timeout(REQUEST_TIMEOUT)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (body.length > 0) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return request.build();
    }

    private static byte[] bytes(ObjectNode body) {
        return Json.write(body).getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T exchange(Exchange<T> exchange) {
        try {
            return exchange.send();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private interface Exchange<T> {
        T send() throws IOException, InterruptedException;
    }
}
