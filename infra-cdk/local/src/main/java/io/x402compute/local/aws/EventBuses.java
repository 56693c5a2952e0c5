package io.x402compute.local.aws;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** EventBridge: keeps what is published, and tells whoever listens. */
public final class EventBuses implements AwsService {
    private static final String ARN_PREFIX = "arn:aws:events:us-east-1:000000000000:event-bus/";
    private static final int ENTRIES_PER_CALL = 10;
    private static final BigDecimal MILLISECONDS = BigDecimal.valueOf(1000);

    private final Set<String> buses;
    private final Clock clock;
    private final List<PublishedEvent> published = new CopyOnWriteArrayList<>();
    private final List<Consumer<PublishedEvent>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Buses without events.
     *
     * @param buses the names of those that exist
     */
    public EventBuses(Set<String> buses, Clock clock) {
        this.buses = Set.copyOf(buses);
        this.clock = clock;
    }

    /** All events so far, oldest first. */
    public List<PublishedEvent> published() {
        return List.copyOf(published);
    }

    /** Calls the listener, on the publisher's thread, with every event from now on. */
    public void listen(Consumer<PublishedEvent> listener) {
        listeners.add(listener);
    }

    @Override
    public String target() {
        return "AWSEvents";
    }

    @Override
    public List<Permission> permissions(String operation, JsonNode request) {
        return request.path("Entries").valueStream()
                .map(entry -> new Permission("events:" + operation, ARN_PREFIX + busName(entry)))
                .distinct()
                .toList();
    }

    @Override
    public AwsAnswer answer(AwsCall call) {
        if (!call.operation().equals("PutEvents")) {
            throw AwsException.unknownOperation(target() + "." + call.operation());
        }
        JsonNode entries = call.request().path("Entries");
        if (entries.isEmpty() || entries.size() > ENTRIES_PER_CALL) {
            throw AwsException.of("ValidationException", "Entries must have 1 to " + ENTRIES_PER_CALL + " members");
        }
        ObjectNode answer = Json.object();
        ArrayNode results = answer.putArray("Entries");
        int failed = 0;
        for (JsonNode entry : entries) {
            ObjectNode result = put(entry);
            failed += result.has("ErrorCode") ? 1 : 0;
            results.add(result);
        }
        return AwsAnswer.json(200, answer.put("FailedEntryCount", failed));
    }

    private ObjectNode put(JsonNode entry) {
        if (!buses.contains(busName(entry))) {
            return failure("ResourceNotFoundException", "Event bus " + busName(entry) + " does not exist.");
        }
        for (String required : List.of("Source", "DetailType", "Detail")) {
            if (entry.path(required).asText().isEmpty()) {
                return failure("InvalidArgument", "Parameter " + required + " is not valid. Reason: it is required.");
            }
        }
        JsonNode detail = detail(entry.path("Detail").asText());
        if (!detail.isObject()) {
            return failure("MalformedDetail", "Detail is malformed.");
        }
        PublishedEvent event = new PublishedEvent(
                UUID.randomUUID().toString(),
                time(entry.path("Time")),
                busName(entry),
                entry.path("Source").asText(),
                entry.path("DetailType").asText(),
                detail);
        published.add(event);
        listeners.forEach(listener -> listener.accept(event));
        return Json.object().put("EventId", event.id());
    }

    private Instant time(JsonNode epochSeconds) {
        return epochSeconds.isNumber()
                ? Instant.ofEpochMilli(epochSeconds.decimalValue().multiply(MILLISECONDS).longValue())
                : clock.instant();
    }

    private static JsonNode detail(String text) {
        try {
            return Json.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static ObjectNode failure(String code, String message) {
        return Json.object().put("ErrorCode", code).put("ErrorMessage", message);
    }

    /** Callers may name a bus or give its ARN. */
    private static String busName(JsonNode entry) {
        String nameOrArn = entry.path("EventBusName").asText("default");
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }
}
