package io.x402compute.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;

import io.x402compute.http.ApiRequest;
import io.x402compute.http.RequestBody;

/** Bodies of {@code POST /v1/run}. */
public final class RunBodies {
    private RunBodies() {}

    /** As a caller sends it. */
    public static RequestBody of(String json) {
        return RequestBody.of(new ApiRequest("POST", "/v1/run", Map.of(), Map.of(), "", Map.of(), json.getBytes(UTF_8),
                "request", "https://api.example.com", Instant.EPOCH));
    }
}
