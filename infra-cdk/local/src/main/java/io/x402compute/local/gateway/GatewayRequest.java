package io.x402compute.local.gateway;

import java.util.List;
import java.util.Map;

/**
 * An HTTP request, read.
 *
 * @param line the request line as sent, without its end
 * @param path decoded, as HTTP APIs hand it on
 * @param rawQuery as sent, empty without a query
 * @param headers by lower-case name, in the order they were sent
 */
record GatewayRequest(
        String line,
        String method,
        String path,
        String rawQuery,
        String protocol,
        String sourceIp,
        Map<String, List<String>> headers,
        byte[] body) {

    String header(String name) {
        return headers.getOrDefault(name, List.of("")).getFirst();
    }
}
