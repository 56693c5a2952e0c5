package io.x402compute.inference.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.x402compute.http.Json;

/** Answers at each path one request after the other with what it was told, and keeps what it was asked. */
final class ScriptedUpstream implements AutoCloseable {
    private static final String JSON = "application/json";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Queue<Answer>> answers = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    /** How an answer ends. */
    private enum End {
        WELL, CUT, SILENT
    }

    private record Answer(int status, String mediaType, byte[] body, End end, String location) {}

    /** A request as it came in. */
    record Asked(String line, Optional<String> authorization, String mediaType, byte[] body) {

        JsonNode json() {
            return Json.readOwn(new String(body, UTF_8));
        }

        /** Every byte as a character. */
        String text() {
            return new String(body, ISO_8859_1);
        }
    }

    ScriptedUpstream() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /** One of its addresses. */
    URI at(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    Upstream named(String name, String key) {
        return new Upstream(name, at("/" + name), () -> Optional.of(key).filter(text -> !text.isEmpty()));
    }

    /** @param line such as {@code POST /openai/embeddings} */
    ScriptedUpstream on(String line, int status, String json) {
        return on(line, new Answer(status, JSON, json.getBytes(UTF_8), End.WELL, ""));
    }

    ScriptedUpstream onFile(String line, String mediaType, byte[] file) {
        return on(line, new Answer(200, mediaType, file, End.WELL, ""));
    }

    ScriptedUpstream onStream(String line, String... events) {
        return on(line, new Answer(200, "text/event-stream", stream(events), End.WELL, ""));
    }

    /** Breaks off behind the last event. */
    ScriptedUpstream onCutStream(String line, String... events) {
        return on(line, new Answer(200, "text/event-stream", stream(events), End.CUT, ""));
    }

    /** Says nothing more behind the last event. */
    ScriptedUpstream onStalledStream(String line, String... events) {
        return on(line, new Answer(200, "text/event-stream", stream(events), End.SILENT, ""));
    }

    ScriptedUpstream onRedirect(String line, String location) {
        return on(line, new Answer(302, "", new byte[0], End.WELL, location));
    }

    /** Never answers. */
    ScriptedUpstream onSilence(String line) {
        return on(line, new Answer(0, "", new byte[0], End.SILENT, ""));
    }

    synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    List<String> lines() {
        return asked().stream().map(Asked::line).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private synchronized ScriptedUpstream on(String line, Answer answer) {
        answers.computeIfAbsent(line, _ -> new ArrayDeque<>()).add(answer);
        return this;
    }

    private static byte[] stream(String... events) {
        StringBuilder stream = new StringBuilder();
        for (String event : events) {
            stream.append("data: ").append(event).append("\n\n");
        }
        return stream.toString().getBytes(UTF_8);
    }

    private void serve(HttpExchange exchange) throws IOException {
        Answer answer = next(exchange, exchange.getRequestBody().readAllBytes());
        if (answer.status() == 0) {
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
        if (!answer.location().isEmpty()) {
            exchange.getResponseHeaders().set("Location", answer.location());
        }
        boolean whole = answer.end() == End.WELL;
        long length = whole ? answer.body().length : answer.body().length + 100L;
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        if (length > 0) {
            exchange.getResponseBody().write(answer.body());
            exchange.getResponseBody().flush();
        }
        if (answer.end() != End.SILENT) {
            exchange.close();
        }
    }

    private synchronized Answer next(HttpExchange exchange, byte[] body) {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(new Asked(line, Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse(""), body));
        Queue<Answer> left = answers.getOrDefault(line, new ArrayDeque<>());
        return left.isEmpty()
                ? new Answer(599, "text/plain", "nothing was scripted".getBytes(UTF_8), End.WELL, "")
                : left.remove();
    }
}
