package io.x402compute.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.x402compute.http.Json;

/** One address for everything a function calls at AWS: secrets, the event bus, and DynamoDB Local behind it. */
public final class LocalAws implements BeforeEachCallback, AfterEachCallback {
    private final LocalDynamo dynamo = new LocalDynamo();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private HttpServer server;

    public Table table(String name) {
        return dynamo.table(name);
    }

    /** Every item of every table. */
    public Map<String, Set<Item>> contents() {
        return dynamo.contents();
    }

    public void secret(String id, String value) {
        secrets.put(id, value);
    }

    /** The entries that were put on a bus, oldest first. */
    public List<JsonNode> events() {
        return events;
    }

    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(dynamo.environment());
        environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getAddress().getPort());
        environment.put("EVENT_BUS", "x402compute");
        environment.put("PROVIDER_SECRET", "provider");
        environment.put("SETTLEMENT_SECRET", "settlement");
        environment.put("PEPPER_SECRET", "pepper");
        environment.put("PASSWORD_SECRET", "password");
        return environment;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        dynamo.beforeEach(context);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        server.stop(0);
        dynamo.afterEach(context);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestHeaders().getFirst("X-Amz-Target")) {
            case "secretsmanager.GetSecretValue" -> secret(exchange, Json.read(body).path("SecretId").asText());
            case "AWSEvents.PutEvents" -> putEvents(exchange, Json.read(body).path("Entries"));
            default -> forward(exchange, body);
        }
    }

    private void secret(HttpExchange exchange, String id) throws IOException {
        String value = secrets.get(id);
        if (value == null) {
            send(exchange, 400, Json.object().put("__type", "ResourceNotFoundException"));
        } else {
            send(exchange, 200, Json.object().put("Name", id).put("SecretString", value));
        }
    }

    private void putEvents(HttpExchange exchange, JsonNode entries) throws IOException {
        ObjectNode answer = Json.object().put("FailedEntryCount", 0);
        ArrayNode ids = answer.putArray("Entries");
        for (JsonNode entry : entries) {
            events.add(entry);
            ids.addObject().put("EventId", "event-" + events.size());
        }
        send(exchange, 200, answer);
    }

    private void forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(dynamo.environment().get("AWS_ENDPOINT_URL")))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : List.of("X-Amz-Target", "X-Amz-Date", "Authorization", "Content-Type")) {
            request.header(name, exchange.getRequestHeaders().getFirst(name));
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            send(exchange, response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        send(exchange, status, Json.write(body).getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
