package io.x402compute.x402.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.SettlementResponse;

/** A seller on the loopback interface: 402 without a payment, and for a payment what it is told to do next, else 200. */
final class SellerDouble implements AutoCloseable {
    static final String HASH = "0x" + "cd".repeat(32);

    enum Next {
        DELIVER, REFUSE, PENDING, HANG_UP
    }

    private final HttpServer server;
    private final PaymentRequired offer;
    private final boolean version2;
    private final boolean version1;
    private final Queue<Next> script = new ConcurrentLinkedQueue<>();
    private final List<PaymentPayload> payments = new CopyOnWriteArrayList<>();
    private final List<String> paymentTexts = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    SellerDouble(PaymentRequired offer, boolean version1, boolean version2) throws IOException {
        this.offer = offer;
        this.version1 = version1;
        this.version2 = version2;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/compute/provision");
    }

    SellerDouble then(Next... next) {
        script.addAll(List.of(next));
        return this;
    }

    List<PaymentPayload> payments() {
        return payments;
    }

    List<String> paymentTexts() {
        return paymentTexts;
    }

    List<String> bodies() {
        return bodies;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        switch (PaymentHeaders.decode(header(exchange, PaymentHeaders.PAYMENT_SIGNATURE),
                header(exchange, PaymentHeaders.X_PAYMENT))) {
            case DecodedPayment.None none -> challenge(exchange);
            case DecodedPayment.Decoded(PaymentPayload payload) -> take(exchange, payload);
            case DecodedPayment.Malformed malformed -> respond(exchange, 400, malformed.reason());
            case DecodedPayment.TwoPayments two -> respond(exchange, 400, "two_payments");
        }
    }

    private void take(HttpExchange exchange, PaymentPayload payload) throws IOException {
        payments.add(payload);
        paymentTexts.add(header(exchange, payload.headerName()).orElseThrow());
        Next next = script.isEmpty() ? Next.DELIVER : script.remove();
        switch (next) {
            case DELIVER -> {
                receipt(exchange, payload, SettlementResponse.settled(HASH, payload.network(), payload.payer()));
                respond(exchange, 201, "the goods");
            }
            case PENDING -> {
                receipt(exchange, payload, SettlementResponse.failed(Reasons.SETTLEMENT_PENDING, HASH,
                        payload.network(), payload.payer()));
                exchange.getResponseHeaders().set("Retry-After", "7");
                respond(exchange, 202, "");
            }
            case REFUSE -> challenge(exchange);
            case HANG_UP -> exchange.close();
        }
    }

    private void challenge(HttpExchange exchange) throws IOException {
        if (version2) {
            exchange.getResponseHeaders().set(PaymentHeaders.PAYMENT_REQUIRED, offer.v2Header());
        }
        respond(exchange, 402, version1 ? offer.v1Body().toString() : "{}");
    }

    private static void receipt(HttpExchange exchange, PaymentPayload payload, SettlementResponse receipt) {
        String name = payload.version() == 1 ? PaymentHeaders.X_PAYMENT_RESPONSE : PaymentHeaders.PAYMENT_RESPONSE;
        exchange.getResponseHeaders().set(name, receipt.header(payload.version()));
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }
}
