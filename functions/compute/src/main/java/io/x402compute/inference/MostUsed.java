package io.x402compute.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.EnumMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** The most that a run can use, which its input alone tells. */
public final class MostUsed {
    /** What a model's own template adds to a conversation. */
    private static final long TEMPLATE_TOKENS = 64;
    /** Of the largest picture, by the models that see. */
    private static final long PICTURE_TOKENS = 4096;
    private static final String PICTURE = "image_url";

    private MostUsed() {}

    /** By a run of that service. Tokens are always among it: somebody may charge us for them, though not we our callers. */
    public static Usage of(Service service, ObjectNode input) {
        Map<Meter, Long> amounts = new EnumMap<>(Meter.class);
        amounts.put(Meter.REQUESTS, 1L);
        amounts.put(Meter.IMAGES, 1L);
        amounts.put(Meter.INPUT_TOKENS, inputTokens(input));
        amounts.put(Meter.OUTPUT_TOKENS, input.path("max_tokens").asLong());
        for (Rate rate : service.price().rates()) {
            rate.field().ifPresent(field -> amounts.put(rate.meter(), amount(input.path(field))));
        }
        return new Usage(amounts);
    }

    private static long amount(JsonNode value) {
        return value.isTextual()
                ? value.textValue().codePointCount(0, value.textValue().length())
                : value.longValue();
    }

    /** No token is shorter than a byte; the names of the fields outweigh what a template puts around each message. */
    private static long inputTokens(ObjectNode input) {
        return Json.write(input).getBytes(UTF_8).length + TEMPLATE_TOKENS
                + PICTURE_TOKENS * input.findValues(PICTURE).size();
    }
}
