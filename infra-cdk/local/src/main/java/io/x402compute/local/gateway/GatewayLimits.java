package io.x402compute.local.gateway;

import java.util.List;
import java.util.Optional;

/** The fixed quotas of an HTTP API in front of Lambda. */
final class GatewayLimits {
    /** Request line and header values together. */
    static final int HEADER_BYTES = 10_240;
    /** Lambda's limit for one invocation; the gateway itself would take 10 MB. */
    static final int PAYLOAD_BYTES = 6 * 1024 * 1024;

    private GatewayLimits() {}

    /** The refusal, if the request is too large to reach a function. */
    static Optional<GatewayAnswer> refusal(GatewayRequest request) {
        int requestLine = request.method().length() + request.path().length() + request.rawQuery().length()
                + request.protocol().length();
        int values = request.headers().values().stream().flatMap(List::stream).mapToInt(String::length).sum();
        if (requestLine + values > HEADER_BYTES) {
            return Optional.of(GatewayAnswer.message(431, "Request Header Fields Too Large"));
        }
        if (request.body().length > PAYLOAD_BYTES) {
            return Optional.of(GatewayAnswer.message(413, "Request Entity Too Large"));
        }
        return Optional.empty();
    }
}
