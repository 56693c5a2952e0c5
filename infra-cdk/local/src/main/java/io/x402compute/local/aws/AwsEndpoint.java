package io.x402compute.local.aws;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;

import io.x402compute.http.Json;
import io.x402compute.local.http.LoopbackServer;
import io.x402compute.local.outside.OutsideCalls;

/** The endpoint that every function's AWS clients are pointed at. */
public final class AwsEndpoint implements AutoCloseable {
    private final Callers callers;
    private final AccessPolicy policy;
    private final Map<String, AwsService> services;
    private final OutsideCalls calls;
    private final LoopbackServer server;

    /**
     * Listens on any free port.
     *
     * @param callers who may call
     * @param policy what each may do
     * @param meter of what they use of DynamoDB
     * @param calls through which every call passes
     */
    public AwsEndpoint(Callers callers, AccessPolicy policy, DynamoDbLocal dynamoDb, EventBuses events,
            MessageQueues queues, Secrets secrets, CapacityMeter meter, OutsideCalls calls) {
        this.callers = callers;
        this.policy = policy;
        this.calls = calls;
        this.services = List.of(new DynamoDbService(dynamoDb, meter), events, queues, secrets)
                .stream()
                .collect(Collectors.toMap(AwsService::target, Function.identity()));
        this.server = LoopbackServer.bind(0);
        server.serve(this::handle);
    }

    public URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Optional<AwsAnswer> answer;
        try {
            answer = answer(exchange, body);
        } catch (AwsException e) {
            answer = Optional.of(e.answer());
        }
        if (answer.isEmpty()) {
            exchange.close();
            return;
        }
        answer.get().headers().forEach(exchange.getResponseHeaders()::set);
        LoopbackServer.answer(exchange, answer.get().status(), answer.get().body());
    }

    private Optional<AwsAnswer> answer(HttpExchange exchange, byte[] body) {
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        AwsService service = services.get(target.substring(0, Math.max(0, target.indexOf('.'))));
        if (service == null) {
            throw AwsException.unknownOperation(target);
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String functionId = callers.functionId(authorization)
                .orElseThrow(() -> AwsException.of(
                        "UnrecognizedClientException",
                        "The security token included in the request is invalid."));
        String operation = target.substring(target.indexOf('.') + 1);
        JsonNode request = parse(body);
        List<Permission> permissions = service.permissions(operation, request);
        permissions.forEach(permission -> require(service, functionId, permission));
        AwsCall call = new AwsCall(functionId, operation, exchange.getRequestHeaders(), request);
        return calls.pass(name(permissions), () -> service.answer(call));
    }

    private static String name(List<Permission> permissions) {
        return permissions.stream()
                .map(permission -> permission.action() + " "
                        + permission.resource().substring(permission.resource().lastIndexOf(':') + 1))
                .distinct().collect(Collectors.joining(", "));
    }

    private void require(AwsService service, String functionId, Permission permission) {
        policy.refusal(functionId, permission.action(), permission.resource()).ifPresent(why -> {
            throw AwsException.accessDenied(service.errorNamespace(), why);
        });
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.read(body);
        } catch (IOException e) {
            throw AwsException.of("SerializationException", "The request is not JSON");
        }
    }
}
