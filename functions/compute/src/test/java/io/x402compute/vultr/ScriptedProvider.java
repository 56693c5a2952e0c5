package io.x402compute.vultr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Answers one request after the other with what it was told, for answers that a well-behaved provider never gives. */
final class ScriptedProvider implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();

    /** What comes next: 0 cuts the connection instead, a negative status never answers. */
    private record Answer(int status, String body, Map<String, String> headers) {}

    ScriptedProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    ScriptedProvider then(int status, String body) {
        return then(status, body, Map.of());
    }

    synchronized ScriptedProvider then(int status, String body, Map<String, String> headers) {
        answers.add(new Answer(status, body, headers));
        return this;
    }

    ScriptedProvider thenCut() {
        return then(0, "");
    }

    ScriptedProvider thenSilence() {
        return then(-1, "");
    }

    /** Such as {@code GET /instances?per_page=500}. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    VultrClient client(Pace.Time time) {
        return new VultrClient(base(), () -> "key\n", new Pace(time));
    }

    URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        Answer answer = next(exchange);
        if (answer.status() < 0) {
            return;
        }
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (answer.status() > 0) {
                answer.headers().forEach(exchange.getResponseHeaders()::set);
                byte[] body = answer.body().getBytes(UTF_8);
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                if (body.length > 0) {
                    exchange.getResponseBody().write(body);
                }
            }
        }
    }

    private synchronized Answer next(HttpExchange exchange) {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        return answers.isEmpty() ? new Answer(599, "nothing was scripted", Map.of()) : answers.remove();
    }
}
