package io.x402compute.local.inference;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** {@code /predictions}, Replicate's API for work of every kind: begun, asked for until it is done, and given up. */
final class PredictionRoutes {
    private static final String PREDICTION = "/predictions/([0-9a-f]{32})";

    private final Workshop workshop;
    private final Clock clock;
    private final Map<String, Prediction> predictions = new ConcurrentHashMap<>();

    private record Prediction(String id, Worker worker, ObjectNode input, JsonNode output, LongWork work) {
        Prediction cancelled(Instant now) {
            return new Prediction(id, worker, input, output, work.cancelled(now));
        }
    }

    PredictionRoutes(Workshop workshop, Clock clock) {
        this.workshop = workshop;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.keyed(Dialect.JOBS, "POST", "/predictions", this::begin);
        routes.keyed(Dialect.JOBS, "GET", PREDICTION, call -> Reply.json(describe(call, find(call))));
        routes.keyed(Dialect.JOBS, "POST", PREDICTION + "/cancel", this::cancel);
    }

    private Reply begin(Call call) {
        Fields fields = Fields.ofJson(call, "version input webhook webhook_events_filter");
        String model = fields.text("version");
        Worker worker = Worker.of(model).orElseThrow(() -> Refused.invalid("version",
                "The specified version does not exist (or perhaps you don't have permission to use it?)", "not_found"));
        if (!(fields.required("input") instanceof ObjectNode input)) {
            throw Refused.wrongType("input", "an object");
        }
        JsonNode output = workshop.make(worker, Fields.of(input, worker.fields()), call.server());
        Prediction prediction = new Prediction(UUID.randomUUID().toString().replace("-", ""), worker, input, output,
                LongWork.begun(clock.instant(), worker.takes(), call.fate()));
        predictions.put(prediction.id(), prediction);
        return Reply.json(201, describe(call, prediction));
    }

    private Reply cancel(Call call) {
        Prediction cancelled = predictions.computeIfPresent(find(call).id(),
                (_, prediction) -> prediction.cancelled(clock.instant()));
        return Reply.json(describe(call, cancelled));
    }

    private Prediction find(Call call) {
        return Optional.ofNullable(predictions.get(call.id()))
                .orElseThrow(() -> Refused.notFound("The requested resource could not be found."));
    }

    private ObjectNode describe(Call call, Prediction prediction) {
        Instant now = clock.instant();
        LongWork work = prediction.work();
        LongWork.State state = work.state(now);
        String url = call.server() + Dialect.JOBS.root() + "/predictions/" + prediction.id();
        ObjectNode body = Json.object().put("id", prediction.id()).put("model", prediction.worker().model())
                .put("version", prediction.worker().model()).put("status", word(state))
                .put("progress", work.percent(now)).put("created_at", work.begun().toString()).put("logs", "");
        body.set("input", prediction.input());
        body.putObject("urls").put("get", url).put("cancel", url + "/cancel");
        body.putNull("output").putNull("error");
        if (state == LongWork.State.COMPLETED) {
            body.set("output", prediction.output());
            body.put("completed_at", work.doneAt().toString());
            body.putObject("metrics").put("predict_time", work.takes().toSeconds());
        } else if (state == LongWork.State.FAILED) {
            body.put("error", work.fate().failure().orElseThrow());
        }
        return body;
    }

    private static String word(LongWork.State state) {
        return switch (state) {
            case QUEUED -> "starting";
            case IN_PROGRESS -> "processing";
            case COMPLETED -> "succeeded";
            case FAILED -> "failed";
            case CANCELLED -> "canceled";
        };
    }
}
