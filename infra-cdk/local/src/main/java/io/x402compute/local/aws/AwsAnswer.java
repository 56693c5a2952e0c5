package io.x402compute.local.aws;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** An answer on the wire. */
record AwsAnswer(int status, Map<String, String> headers, byte[] body) {
    private static final String JSON_PROTOCOL = "application/x-amz-json-1.1";

    static AwsAnswer json(int status, JsonNode body) {
        return new AwsAnswer(
                status,
                Map.of("Content-Type", JSON_PROTOCOL),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
