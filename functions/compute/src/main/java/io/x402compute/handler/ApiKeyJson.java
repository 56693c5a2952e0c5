package io.x402compute.handler;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.access.ApiKey;
import io.x402compute.access.ApiKeySecret;
import io.x402compute.http.ApiException;
import io.x402compute.http.Json;

/** Keys as callers see them. */
final class ApiKeyJson {
    private ApiKeyJson() {}

    /** The only answer that has the key itself. */
    static ObjectNode created(ApiKey key, ApiKeySecret secret) {
        return Json.object().put("api_key", secret.text()).put("id", key.id().toString())
                .put("label", key.label().orElse(null)).put("created_at", key.createdAt().toString());
    }

    static ObjectNode listed(ApiKey key) {
        ObjectNode json = Json.object().put("id", key.id().toString()).put("label", key.label().orElse(null))
                .put("key_last4", key.last4()).put("created_at", key.createdAt().toString())
                .put("revoked_at", key.revokedAt().map(Object::toString).orElse(null));
        key.lastUsedAt().ifPresent(used -> json.put("last_used_at", used.toString()));
        return json;
    }

    static ApiException busy() {
        return new ApiException(429, "too_many_requests", "Keys of this wallet are being changed; try again")
                .retryAfter(Duration.ofSeconds(1));
    }
}
