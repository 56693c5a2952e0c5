package io.x402compute.handler;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.x402compute.http.Json;

/**
 * A node of a chain on which nobody's account has code and no authorization was ever used. Whatever else it is asked is an
 * error.
 */
final class CodelessChain implements AutoCloseable {
    private final HttpServer server;

    CodelessChain() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
        server.createContext("/", CodelessChain::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        ObjectNode answer = Json.object().put("jsonrpc", "2.0").put("id", 1);
        switch (Json.read(exchange.getRequestBody().readAllBytes()).path("method").asText()) {
            case "eth_getCode" -> answer.put("result", "0x");
            case "eth_getBlockByNumber" -> answer.putObject("result").put("number", "0x1").put("timestamp", "0x0");
            case "eth_call" -> answer.put("result", "0x" + "0".repeat(64));
            default -> answer.putObject("error").put("code", -32601).put("message", "not asked here");
        }
        byte[] body = Json.write(answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
