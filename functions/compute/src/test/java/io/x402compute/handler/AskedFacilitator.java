package io.x402compute.handler;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A facilitator on the loopback interface that takes every payment on Base, and remembers what it was asked. */
final class AskedFacilitator implements AutoCloseable {
    private static final String KINDS = """
            {"kinds":[{"x402Version":1,"scheme":"exact","network":"base"},\
            {"x402Version":2,"scheme":"exact","network":"eip155:8453"}]}""";
    private static final String SETTLED = "{\"success\":true,\"transaction\":\"0x%s\",\"network\":\"base\"}"
            .formatted("5e".repeat(32));

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    AskedFacilitator() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
        server.createContext("/supported", exchange -> answer(exchange, KINDS));
        server.createContext("/verify", exchange -> answer(exchange, "{\"isValid\":true}"));
        server.createContext("/settle", exchange -> answer(exchange, SETTLED));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Paths, in the order of the questions. */
    List<String> asked() {
        return asked;
    }

    void forget() {
        asked.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        asked.add(exchange.getRequestURI().getPath());
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
