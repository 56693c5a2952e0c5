package io.x402compute.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;

/** Requests and their events, as API Gateway makes them, with one thing changed at a time. */
public final class Requests {
    private Requests() {}

    public static ApiRequest get(String path) {
        return request("GET", path, "");
    }

    public static ApiRequest post(String path, String body) {
        return request("POST", path, body);
    }

    public static ApiRequest request(String method, String path, String body) {
        return new ApiRequest(method, path, Map.of(), Map.of(), "", Map.of(), body.getBytes(StandardCharsets.UTF_8),
                "request-1", "https://api.example", Instant.MAX);
    }

    public static ApiRequest withHeaders(ApiRequest request, Map<String, String> headers) {
        Map<String, String> lowerCase = new HashMap<>();
        headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
        return new ApiRequest(request.method(), request.path(), request.pathParameters(), request.query(),
                request.rawQuery(),
                lowerCase, request.body(), request.requestId(), request.baseUrl(), request.deadline());
    }

    public static ApiRequest withQuery(ApiRequest request, String name, String value) {
        return new ApiRequest(request.method(), request.path(), request.pathParameters(), Map.of(name, value),
                name + "=" + value, request.headers(), request.body(), request.requestId(), request.baseUrl(),
                request.deadline());
    }

    public static APIGatewayV2HTTPEvent event(String method, String path, String body) {
        return Rehearsal.event(method, path, Map.of(), body);
    }
}
