package io.x402compute.local.outside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.sun.net.httpserver.HttpExchange;

import io.x402compute.http.Json;
import io.x402compute.local.http.LoopbackServer;

/**
 * Stands before a server that functions call over HTTP, so that their calls to it can be watched. A connection that the
 * server cuts is cut here too.
 */
public final class Relay implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    /** Of one connection only; the client and the server at its ends set their own. */
    private static final Set<String> OF_A_CONNECTION = Set.of("connection", "content-length", "date", "expect", "host",
            "http2-settings", "transfer-encoding", "upgrade");

    private final URI target;
    private final OutsideCalls calls;
    private final Naming naming;
    private final LoopbackServer server = LoopbackServer.bind(0);
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT).build();

    /** What a call is called. */
    private interface Naming {
        String name(HttpExchange exchange, byte[] body) throws IOException;
    }

    private Relay(URI target, OutsideCalls calls, Naming naming) {
        this.target = target;
        this.calls = calls;
        this.naming = naming;
    }

    /** Before an EVM node; a call goes by its method: {@code evm eth_call}. */
    public static Relay toNode(URI rpcUrl, OutsideCalls calls) {
        return started(new Relay(rpcUrl, calls, (exchange, body) -> "evm " + Json.read(body).path("method").asText()));
    }

    /** Before a Solana node; a call goes by its method: {@code solana getSignatureStatuses}. */
    public static Relay toSolana(URI rpcUrl, OutsideCalls calls) {
        return started(
                new Relay(rpcUrl, calls, (exchange, body) -> "solana " + Json.read(body).path("method").asText()));
    }

    /** Before the provider; a call goes by its method and path: {@code provider GET /v2/instances/{id}}. */
    public static Relay toProvider(URI baseUrl, OutsideCalls calls) {
        return byPath("provider ", baseUrl, calls);
    }

    /** Before the upstream for inference; a call goes by its method and path: {@code inference POST /v1/chat/completions}. */
    public static Relay toInference(URI url, OutsideCalls calls) {
        return byPath("inference ", url, calls);
    }

    private static Relay byPath(String who, URI baseUrl, OutsideCalls calls) {
        return started(new Relay(baseUrl, calls, (exchange, body) -> who + exchange.getRequestMethod() + " "
                + exchange.getRequestURI().getPath().replaceAll("[0-9a-f-]{32,36}", "{id}")));
    }

    private static Relay started(Relay relay) {
        relay.server.serve(relay::handle);
        return relay;
    }

    /** Takes the place of the target's; its path is the same. */
    public URI uri() {
        return server.uri().resolve(target.getRawPath());
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest request = request(exchange, body);
        Optional<HttpResponse<byte[]>> answer;
        try {
            answer = calls.pass(naming.name(exchange, body), () -> send(request));
        } catch (UncheckedIOException e) {
            answer = Optional.empty();
        }
        if (answer.isEmpty()) {
            exchange.close();
            return;
        }
        answer.get().headers().map().forEach((name, values) -> {
            if (passesOn(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        LoopbackServer.answer(exchange, answer.get().statusCode(), answer.get().body());
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .timeout(TIMEOUT)
                .method(exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (passesOn(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted"));
        }
    }

    private static boolean passesOn(String header) {
        return !OF_A_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
    }
}
