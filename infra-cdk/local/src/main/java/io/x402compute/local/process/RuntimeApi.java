package io.x402compute.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

import io.x402compute.http.Json;
import io.x402compute.local.function.FunctionRuntime.Outcome;
import io.x402compute.local.http.LoopbackServer;
import io.x402compute.local.template.LambdaFunction;

/**
 * Lambda's Runtime API, version 2018-06-01, for many processes at once: each knows its own under a path of its own, as
 * {@code host:port/number}, in front of the paths that AWS documents.
 */
final class RuntimeApi implements AutoCloseable {
    private static final String VERSION = "2018-06-01";
    private static final String ACCEPTED = "{\"status\":\"OK\"}";

    private final LoopbackServer server = LoopbackServer.bind(0);
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    private record Line(LambdaFunction function, Conversation conversation) {}

    private RuntimeApi() {}

    static RuntimeApi start() {
        RuntimeApi api = new RuntimeApi();
        api.server.serve(api::handle);
        return api;
    }

    /** Opens a line for one process and gives what {@code AWS_LAMBDA_RUNTIME_API} has to say to it. */
    String open(LambdaFunction function, Conversation conversation) {
        String number = Long.toString(numbers.incrementAndGet());
        lines.put(number, new Line(function, conversation));
        return server.uri().getAuthority() + "/" + number;
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        // "", number, version, "runtime", what
        String[] path = exchange.getRequestURI().getPath().split("/", 5);
        Line line = path.length == 5 && path[2].equals(VERSION) ? lines.get(path[1]) : null;
        if (line == null) {
            LoopbackServer.answer(exchange, 404, new byte[0]);
            return;
        }
        try {
            answer(exchange, line, exchange.getRequestMethod() + " " + path[4], body);
        } catch (InterruptedException e) {
            // This server is closing, and the process on the other side will be gone before it can wonder.
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private static void answer(HttpExchange exchange, Line line, String call, byte[] body)
            throws IOException, InterruptedException {
        Conversation conversation = line.conversation;
        switch (call) {
            case "GET invocation/next" -> invoke(exchange, line, conversation.clientAsksForInvocation());
            case "GET restore/next" -> {
                conversation.clientAsksForRestore();
                LoopbackServer.answer(exchange, 200, new byte[0]);
            }
            case "POST init/error" -> {
                conversation.end(startFailure(line, body));
                accept(exchange, true);
            }
            case "POST restore/error" -> {
                conversation.end(startFailure(line, body));
                accept(exchange, true);
            }
            default -> accept(exchange, clientAnswers(conversation, call, body));
        }
    }

    private static void invoke(HttpExchange exchange, Line line, Invocation invocation) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadline().toEpochMilli()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:us-east-1:000000000000:function:" + line.function.name());
        headers.set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0");
        LoopbackServer.answer(exchange, 200, invocation.event());
    }

    private static boolean clientAnswers(Conversation conversation, String call, byte[] body) throws IOException {
        // POST invocation/{id}/response or error
        String[] words = call.split("/", -1);
        if (words.length != 3 || !words[0].equals("POST invocation")) {
            return false;
        }
        return switch (words[2]) {
            case "response" -> conversation.clientAnswers(words[1], new Outcome.Returned(body));
            case "error" -> conversation.clientAnswers(words[1], failure(body));
            default -> false;
        };
    }

    private static FunctionStartException startFailure(Line line, byte[] body) throws IOException {
        Outcome.Failed failure = failure(body);
        return new FunctionStartException("%s does not start: %s: %s"
                .formatted(line.function.handlerName(), failure.errorType(), failure.errorMessage()));
    }

    private static Outcome.Failed failure(byte[] body) throws IOException {
        JsonNode error = Json.read(body);
        return new Outcome.Failed(error.path("errorType").asText(), error.path("errorMessage").asText());
    }

    private static void accept(HttpExchange exchange, boolean known) throws IOException {
        LoopbackServer.answer(exchange, known ? 202 : 400, ACCEPTED.getBytes(StandardCharsets.UTF_8));
    }
}
