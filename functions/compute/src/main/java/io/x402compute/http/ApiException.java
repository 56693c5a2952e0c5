package io.x402compute.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A request that cannot be served, with the one shape of all our errors:
 * {@code {"error": "<text>", "code": "<machine code>", "request_id": "…"}}.
 */
public final class ApiException extends RuntimeException {
    public static final String RETRY_AFTER = "Retry-After";

    private static final long serialVersionUID = 1L;
    /** Too early, too many, not now: these pass by themselves, and every one of them says when to come back. */
    private static final Set<Integer> PASSING = Set.of(425, 429, 503);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final int status;
    private final String code;
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private final transient ObjectNode details = Json.object();

    /**
     * @param status 4xx, or 502 and 503 for a named upstream
     * @param code lower snake case, stable, for machines
     * @param message for people; never holds a secret or a signature
     */
    public ApiException(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        if (PASSING.contains(status)) {
            headers.put(RETRY_AFTER, Long.toString(SOON.toSeconds()));
        }
    }

    public static ApiException badRequest(String code, String message) {
        return new ApiException(400, code, message);
    }

    /** 400 {@code invalid_field}: a value that is there and wrong. */
    public static ApiException invalidField(String field, String rule) {
        return badRequest("invalid_field", field + " " + rule);
    }

    public static ApiException unauthorized(String code, String message) {
        return new ApiException(401, code, message);
    }

    public static ApiException notFound(String what) {
        return new ApiException(404, "not_found", what + " not found");
    }

    /** With the time after which it makes sense to ask again. */
    public ApiException retryAfter(Duration wait) {
        return withHeader(RETRY_AFTER, Long.toString(wait.toSeconds()));
    }

    public ApiException withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** With further fields in the answer, which help to do it better. */
    public ApiException withDetails(ObjectNode more) {
        details.setAll(more);
        return this;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public ApiResponse response(String requestId) {
        ObjectNode body = Json.object().put("error", getMessage()).put("code", code).put("request_id", requestId);
        body.setAll(details);
        return new ApiResponse(status, Map.copyOf(headers), body);
    }
}
