package io.x402compute.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.x402compute.http.Json;

/** Secrets, the queue and the event bus as far as our functions use them, and DynamoDB Local behind the same address. */
final class InProcessServices implements AwsServices {
    private final URI dynamo;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final List<ArrivedEvent> events = new CopyOnWriteArrayList<>();
    private final InProcessQueue queue = new InProcessQueue();
    private final HttpServer server;

    InProcessServices(URI dynamo) {
        this.dynamo = dynamo;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    @Override
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void secret(String id, String value) {
        secrets.put(id, value);
    }

    @Override
    public String jobQueue() {
        return "https://sqs.us-east-1.amazonaws.com/000000000000/jobs";
    }

    @Override
    public List<ArrivedEvent> awaitEvents(int count) {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        switch (target) {
            case "secretsmanager.GetSecretValue" -> secret(exchange, Json.read(body).path("SecretId").asText());
            case "AWSEvents.PutEvents" -> putEvents(exchange, Json.read(body).path("Entries"));
            case String sqs when sqs.startsWith("AmazonSQS.") ->
                send(exchange, 200, queue.answer(sqs, Json.read(body)));
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
            events.add(new ArrivedEvent(entry.path("Source").textValue(), entry.path("DetailType").textValue(),
                    Instant.ofEpochSecond(entry.path("Time").longValue()),
                    Json.readOwn(entry.path("Detail").textValue())));
            ids.addObject().put("EventId", "event-" + events.size());
        }
        send(exchange, 200, answer);
    }

    private void forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(dynamo)
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
