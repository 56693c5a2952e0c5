package io.x402compute.local.gateway;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.sun.net.httpserver.HttpExchange;

import io.x402compute.local.function.FunctionRuntime;
import io.x402compute.local.http.LoopbackServer;
import io.x402compute.local.template.Cors;
import io.x402compute.local.template.Route;

/** The HTTP API of the template. */
public final class HttpGateway implements AutoCloseable {
    private final LoopbackServer server;

    private HttpGateway(LoopbackServer server) {
        this.server = server;
    }

    /**
     * Takes the port without answering on it yet: the functions must know their own address before they can start.
     *
     * @param port 0 for any free one
     */
    public static HttpGateway bind(int port) {
        return new HttpGateway(LoopbackServer.bind(port));
    }

    /** The base URL that clients use, and that functions put into what they answer. */
    public URI url() {
        return URI.create("http://" + domainName());
    }

    /** Answers from now on. */
    public void serve(List<Route> routes, Optional<Cors> cors, FunctionRuntime functions, Clock clock) {
        FrontDoor door = new FrontDoor(routes, cors, functions, domainName(), clock);
        server.serve(exchange -> {
            String requestId = UUID.randomUUID().toString();
            GatewayAnswer answer = door.answer(read(exchange), requestId);
            answer.headers().forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
            exchange.getResponseHeaders().set("apigw-requestid", requestId);
            LoopbackServer.answer(exchange, answer.status(), answer.body());
        });
    }

    @Override
    public void close() {
        server.close();
    }

    private static GatewayRequest read(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        URI uri = exchange.getRequestURI();
        // One byte more than allowed is enough to know that it is too much.
        byte[] body = exchange.getRequestBody().readNBytes(GatewayLimits.BODY_BYTES + 1);
        return new GatewayRequest(
                exchange.getRequestMethod() + " " + uri + " " + exchange.getProtocol(),
                exchange.getRequestMethod(),
                Optional.ofNullable(uri.getPath()).filter(path -> path.startsWith("/")).orElse("/"),
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                exchange.getProtocol(),
                exchange.getRemoteAddress().getAddress().getHostAddress(),
                headers,
                body);
    }

    private String domainName() {
        return "localhost:" + server.port();
    }
}
