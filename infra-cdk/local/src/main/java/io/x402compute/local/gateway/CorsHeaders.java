package io.x402compute.local.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.x402compute.local.template.Cors;

/** CORS as the gateway does it: it answers every preflight itself, and its headers replace those of a function. */
final class CorsHeaders {
    private static final String PREFIX = "access-control-";
    private static final String ANY = "*";

    private final Optional<Cors> cors;

    CorsHeaders(Optional<Cors> cors) {
        this.cors = cors;
    }

    boolean isPreflight(GatewayRequest request) {
        return cors.isPresent() && request.method().equals("OPTIONS");
    }

    GatewayAnswer preflight(GatewayRequest request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        boolean asks = !request.header("access-control-request-method").isEmpty();
        cors.filter(rules -> asks).ifPresent(rules -> allowedOrigin(rules, request).ifPresent(origin -> {
            put(headers, "allow-origin", List.of(origin));
            put(headers, "allow-methods", rules.allowMethods());
            put(headers, "allow-headers", rules.allowHeaders());
            if (rules.maxAgeSeconds() > 0) {
                put(headers, "max-age", List.of(Integer.toString(rules.maxAgeSeconds())));
            }
            credentials(rules, headers);
        }));
        return new GatewayAnswer(204, headers, new byte[0]);
    }

    /** That answer with the gateway's CORS headers in place of its own. */
    GatewayAnswer on(GatewayAnswer answer, GatewayRequest request) {
        if (cors.isEmpty()) {
            return answer;
        }
        Map<String, List<String>> headers = new LinkedHashMap<>(answer.headers());
        headers.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith(PREFIX));
        allowedOrigin(cors.get(), request).ifPresent(origin -> {
            put(headers, "allow-origin", List.of(origin));
            put(headers, "expose-headers", cors.get().exposeHeaders());
            credentials(cors.get(), headers);
        });
        return new GatewayAnswer(answer.status(), headers, answer.body());
    }

    private static Optional<String> allowedOrigin(Cors rules, GatewayRequest request) {
        String origin = request.header("origin");
        if (origin.isEmpty()) {
            return Optional.empty();
        }
        if (rules.allowOrigins().contains(ANY)) {
            return Optional.of(ANY);
        }
        return rules.allowOrigins().contains(origin) ? Optional.of(origin) : Optional.empty();
    }

    private static void credentials(Cors rules, Map<String, List<String>> headers) {
        if (rules.allowCredentials()) {
            put(headers, "allow-credentials", List.of("true"));
        }
    }

    private static void put(Map<String, List<String>> headers, String name, List<String> values) {
        if (!values.isEmpty()) {
            headers.put(PREFIX + name, List.of(String.join(",", values)));
        }
    }
}
