package io.x402compute.local.template;

import java.util.List;

/**
 * The HTTP API's {@code CorsConfiguration}.
 *
 * @param maxAgeSeconds 0 when not given
 */
public record Cors(
        List<String> allowOrigins,
        List<String> allowMethods,
        List<String> allowHeaders,
        List<String> exposeHeaders,
        boolean allowCredentials,
        int maxAgeSeconds) {}
