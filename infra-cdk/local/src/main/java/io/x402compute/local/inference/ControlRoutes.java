package io.x402compute.local.inference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.http.Command;

/** What the server can be told to do, over HTTP: {@code GET}, {@code POST} and {@code DELETE /faults}, {@code GET /requests}. */
final class ControlRoutes {
    private static final int LONGEST_SHOWN = 1_000;

    private final InferenceServer server;

    ControlRoutes(InferenceServer server) {
        this.server = server;
    }

    Reply reply(String method, String path, byte[] body) {
        return switch (method + " " + path) {
            case "GET /faults" -> line(200, faults());
            case "POST /faults" -> inject(body);
            case "DELETE /faults" -> {
                server.heal();
                yield done();
            }
            case "GET /requests" -> line(200, requests());
            default -> error(404, "no such command: " + method + " " + path);
        };
    }

    private Reply inject(byte[] body) {
        try {
            Faults.Ordered order = FaultCommand.read(Json.read(body));
            server.inject(order.path(), order.times(), order.fault());
            return done();
        } catch (IOException e) {
            return error(400, "expected {\"fault\": \"<name>\"}");
        } catch (IllegalArgumentException e) {
            return error(400, e.getMessage());
        }
    }

    private ObjectNode faults() {
        ObjectNode body = Json.object();
        ArrayNode can = body.putArray("faults");
        Arrays.stream(FaultCommand.values()).map(FaultCommand::describe).forEach(can::add);
        ArrayNode waiting = body.putArray("waiting");
        server.faults().forEach(order -> waiting.addObject().put("fault", Command.word(FaultCommand.of(order.fault())))
                .put("path", order.path()).put("times", order.times()));
        return body;
    }

    /** Their bodies as far as a person wants to read them. */
    private ObjectNode requests() {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("requests");
        server.requests().forEach(request -> list.addObject().put("method", request.method())
                .put("path", request.path())
                .put("body", request.text().substring(0, Math.min(LONGEST_SHOWN, request.text().length()))));
        return body;
    }

    private static Reply done() {
        return line(200, Json.object().put("done", true));
    }

    private static Reply error(int status, String text) {
        return line(status, Json.object().put("error", text).put("status", status));
    }

    /** As people at a terminal like it. */
    private static Reply line(int status, ObjectNode body) {
        return new Reply(status, "application/json",
                List.of((Json.write(body) + "\n").getBytes(StandardCharsets.UTF_8)), Map.of());
    }
}
