package io.x402compute.local.control;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;

import io.x402compute.http.Json;
import io.x402compute.local.LocalClock;
import io.x402compute.local.LocalCloud;
import io.x402compute.local.http.LoopbackServer;

/**
 * {@code GET /clock}, {@code POST /clock/advance} with {@code {"hours": n, "minutes": n}}, {@code POST
 * /schedules/{name}}, {@code GET /queues}, {@code GET /events}, {@code GET /alarms} and {@code GET /logs}.
 */
public final class ControlApi implements AutoCloseable {
    private static final String SCHEDULES = "POST /schedules/";
    /** A slip of the finger should not outlive everything that was ever paid for. */
    private static final Duration LONGEST_LEAP = Duration.ofDays(366);

    private final LocalCloud cloud;
    private final LoopbackServer server;

    private ControlApi(LocalCloud cloud, LoopbackServer server) {
        this.cloud = cloud;
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @param port 0 for any free one
     */
    public static ControlApi start(LocalCloud cloud, int port) {
        LoopbackServer server = LoopbackServer.bind(port);
        ControlApi control = new ControlApi(cloud, server);
        server.serve(control::handle);
        return control;
    }

    public URI url() {
        return URI.create("http://localhost:" + server.port());
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        int status = 200;
        ObjectNode answer;
        try {
            answer = answer(call, body);
        } catch (Refusal e) {
            status = e.status;
            answer = Json.object().put("error", e.getMessage());
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        LoopbackServer.answer(exchange, status, (Json.write(answer) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode answer(String call, byte[] body) {
        if (call.startsWith(SCHEDULES)) {
            return fire(call.substring(SCHEDULES.length()));
        }
        return switch (call) {
            case "GET /clock" -> clock();
            case "POST /clock/advance" -> advance(body);
            case "GET /queues" -> queues();
            case "GET /events" -> events();
            case "GET /alarms" -> alarms();
            case "GET /logs" -> logs();
            default -> throw new Refusal(404, "no such call: " + call);
        };
    }

    private ObjectNode clock() {
        return Json.object()
                .put("now", cloud.clock().instant().toString())
                .put("ahead_seconds", LocalClock.offset().toSeconds());
    }

    private ObjectNode advance(byte[] body) {
        Duration by = duration(body);
        if (by.isNegative() || by.isZero() || by.compareTo(LONGEST_LEAP) > 0) {
            throw new Refusal(400, "give hours, minutes or both, more than nothing and at most 366 days");
        }
        cloud.advance(by);
        return clock();
    }

    private static Duration duration(byte[] body) {
        try {
            JsonNode request = Json.read(body);
            return Duration.ofHours(whole(request, "hours")).plusMinutes(whole(request, "minutes"));
        } catch (IOException | ArithmeticException e) {
            throw new Refusal(400, "expected {\"hours\": n, \"minutes\": n}");
        }
    }

    private static int whole(JsonNode request, String field) {
        JsonNode value = request.path(field);
        if (!value.isMissingNode() && !value.canConvertToInt()) {
            throw new Refusal(400, field + " must be a whole number");
        }
        return value.asInt();
    }

    private ObjectNode fire(String name) {
        if (!cloud.fire(name)) {
            throw new Refusal(404, "no schedule invokes " + name);
        }
        return Json.object().put("fired", name);
    }

    private ObjectNode queues() {
        ObjectNode answer = Json.object();
        ArrayNode queues = answer.putArray("queues");
        cloud.queues().all().forEach(queue -> queues.addObject()
                .put("name", queue.name())
                .put("messages", cloud.queues().size(queue.arn()))
                .put("visible", cloud.queues().visible(queue.arn())));
        return answer;
    }

    private ObjectNode events() {
        ObjectNode answer = Json.object();
        ArrayNode events = answer.putArray("events");
        cloud.events().forEach(event -> events.addObject()
                .put("time", event.time().toString())
                .put("detail_type", event.detailType())
                .set("detail", event.detail()));
        return answer;
    }

    private ObjectNode alarms() {
        ObjectNode answer = Json.object();
        ArrayNode alarms = answer.putArray("alarms");
        cloud.alarms().forEach(alarm -> alarms.addObject()
                .put("name", alarm.name())
                .put("state", alarm.firing() ? "ALARM" : "OK")
                .put("since", alarm.since().toString())
                .put("description", alarm.alarm().description()));
        return answer;
    }

    private ObjectNode logs() {
        ObjectNode answer = Json.object();
        cloud.logLines().forEach(answer.putArray("lines")::add);
        return answer;
    }

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        private Refusal(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }
    }
}
