package io.x402compute.idempotency;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;

/** How answers are written down until the same request comes again. */
public interface AnswerForm {

    String write(RequestKey key, ApiResponse answer);

    /** The very answer that was written for that key. */
    ApiResponse read(RequestKey key, String written);

    /** For answers that their owner could read elsewhere, too. */
    static AnswerForm open() {
        return new AnswerForm() {
            @Override
            public String write(RequestKey key, ApiResponse answer) {
                ObjectNode json = Json.object().put("status", answer.status());
                json.set("headers", Json.tree(answer.headers()));
                json.set("body", answer.body());
                return Json.write(json);
            }

            @Override
            public ApiResponse read(RequestKey key, String written) {
                JsonNode json = Json.readOwn(written);
                Map<String, String> headers = new LinkedHashMap<>();
                json.path("headers").properties().forEach(entry -> headers.put(entry.getKey(),
                        entry.getValue().textValue()));
                return new ApiResponse(json.path("status").intValue(), headers, (ObjectNode) json.path("body"));
            }
        };
    }
}
