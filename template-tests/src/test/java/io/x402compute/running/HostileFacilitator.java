package io.x402compute.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import io.x402compute.http.Json;
import io.x402compute.local.chain.LocalEvm;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.WireJson;

/**
 * A facilitator on the loopback interface that moves real tokens on the local chain, or does not, and says what it is told to say of
 * it: the modes of aurumflux20/hostile-facilitator, and more.
 */
final class HostileFacilitator implements AutoCloseable {
    private static final String ANY_HASH = "0x" + "17".repeat(32);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Settling> next = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Runnable beforeSettling = () -> {};
    private volatile LocalEvm chain;
    private volatile boolean away;

    /** What is done with one request to settle. */
    interface Settling {
        void answer(HostileFacilitator facilitator, Request request) throws IOException;
    }

    /**
     * A request to settle, unanswered.
     *
     * @param call with which anybody can carry the payment out
     */
    record Request(HttpExchange exchange, PaymentPayload payment, String call) {
        void answer(int status, String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        void answer(int status, ObjectNode json) throws IOException {
            answer(status, Json.write(json));
        }

        ObjectNode says(boolean success, String transaction) {
            return Json.object().put("success", success).put("transaction", transaction)
                    .put("network", payment.network().caip2()).put("payer", payment.payer());
        }
    }

    HostileFacilitator() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/supported", present(this::listKinds));
        server.createContext("/verify", present(this::verify));
        server.createContext("/settle", present(this::settle));
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void settlesOn(LocalEvm evm) {
        chain = evm;
    }

    /** Settles next in that way; afterwards honestly again. */
    void next(Settling settling) {
        next.add(settling);
    }

    /** Somebody is quicker than the next settlement. */
    void beforeSettling(Runnable doing) {
        beforeSettling = doing;
    }

    /** Whether nothing is answered, to whatever question. */
    void isAway(boolean gone) {
        away = gone;
    }

    /** How often it was asked to settle. */
    int asked() {
        return asked.get();
    }

    /** As the reference does it: a second time is a refusal, for the nonce is used. */
    static Settling honestly() {
        return (facilitator, request) -> {
            try {
                request.answer(200, request.says(true, facilitator.chain.callToken(request.call())));
            } catch (IllegalStateException reverted) {
                request.answer(200, request.says(false, "").put("errorReason",
                        "invalid_exact_evm_nonce_already_used"));
            }
        };
    }

    /** 5xx after settling. */
    static Settling settlesAndAnswers(int status, String text) {
        return (facilitator, request) -> {
            facilitator.chain.callToken(request.call());
            request.answer(status, text);
        };
    }

    /** Settles, and the answer is lost. */
    static Settling settlesAndHangsUp() {
        return (facilitator, request) -> {
            facilitator.chain.callToken(request.call());
            request.exchange().close();
        };
    }

    /** Accepts, does not answer, and settles when nobody waits any more. */
    static Settling settlesOnceReleased(CountDownLatch release) {
        return (facilitator, request) -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            facilitator.chain.callToken(request.call());
            request.exchange().close();
        };
    }

    /** Settles, and says that it may be a while. */
    static Settling settlesAndSaysPending(boolean withHash) {
        return (facilitator, request) -> {
            String hash = facilitator.chain.callToken(request.call());
            request.answer(500, request.says(false, withHash ? hash : "").put("errorReason", "settlement_pending"));
        };
    }

    /** Does nothing, and says that it may be a while. */
    static Settling saysPending() {
        return (facilitator, request) -> request.answer(200,
                request.says(false, ANY_HASH).put("errorReason", "settlement_pending"));
    }

    /** Settles, and says that nothing happened and another try is safe. */
    static Settling settlesAndDeclaresSafe() {
        return (facilitator, request) -> {
            facilitator.chain.callToken(request.call());
            request.answer(200, request.says(false, "").put("errorReason", "invalid_exact_evm_transaction_failed")
                    .put("errorMessage", "not settled; it is safe to retry with a new payment"));
        };
    }

    /** Does not settle, and says so. */
    static Settling refuses() {
        return (facilitator, request) -> request.answer(200,
                request.says(false, "").put("errorReason", "insufficient_funds"));
    }

    /** Settles, and says so in an answer that says the opposite. */
    static Settling settlesAndSaysSuccessWith(int status) {
        return (facilitator, request) -> request.answer(status,
                request.says(true, facilitator.chain.callToken(request.call())));
    }

    /** Does nothing, and says that it has. */
    static Settling saysSuccessWithoutATransaction() {
        return (facilitator, request) -> request.answer(200, request.says(true, ""));
    }

    private HttpHandler present(HttpHandler handler) {
        return exchange -> {
            if (away) {
                exchange.close();
            } else {
                handler.handle(exchange);
            }
        };
    }

    private void listKinds(HttpExchange exchange) throws IOException {
        ObjectNode supported = Json.object();
        for (int version = 1; version <= 2; version++) {
            supported.withArray("kinds").addObject().put("x402Version", version)
                    .put("scheme", PaymentRequirements.EXACT).put("network", Network.BASE.nameIn(version));
        }
        byte[] bytes = Json.write(supported).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void verify(HttpExchange exchange) throws IOException {
        Request request = read(exchange);
        request.answer(200, Json.object().put("isValid", true).put("payer", request.payment().payer()));
    }

    private void settle(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        Request request = read(exchange);
        Runnable quicker = beforeSettling;
        beforeSettling = () -> {};
        quicker.run();
        Settling settling = next.poll();
        (settling == null ? honestly() : settling).answer(this, request);
    }

    private static Request read(HttpExchange exchange) throws IOException {
        JsonNode envelope = WireJson.parse(exchange.getRequestBody().readAllBytes()).orElseThrow();
        String header = WireJson.headerText((ObjectNode) envelope.path("paymentPayload"));
        boolean version1 = envelope.path("x402Version").intValue() == 1;
        DecodedPayment.Decoded decoded = (DecodedPayment.Decoded) PaymentHeaders.decode(
                version1 ? Optional.empty() : Optional.of(header),
                version1 ? Optional.of(header) : Optional.empty());
        return new Request(exchange, decoded.payload(), Stranger.call(decoded.payload()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
