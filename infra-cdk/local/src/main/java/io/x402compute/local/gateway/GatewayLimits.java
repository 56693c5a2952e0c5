package io.x402compute.local.gateway;

import java.util.List;
import java.util.Optional;

/** The fixed quotas of an HTTP API, and of the Lambda invocation behind it. Each is the largest that still passes. */
final class GatewayLimits {
    /** Request line and header values together; names are free. */
    static final int HEADER_BYTES = 10_240;
    /** The gateway's own. */
    static final int BODY_BYTES = 10 * 1024 * 1024;
    /** Lambda's, for the whole event: a binary body has grown by a third in it, and text by its escapes. */
    static final int EVENT_BYTES = 6 * 1024 * 1024;
    /** Lambda's, for the whole answer: 6 MB and 100 bytes of its own. */
    static final int ANSWER_BYTES = 6_291_556;

    private GatewayLimits() {}

    /** The refusal, if the request is too large for the gateway itself. */
    static Optional<GatewayAnswer> refusal(GatewayRequest request) {
        // One character was one byte when the request was read.
        int values = request.headers().values().stream().flatMap(List::stream).mapToInt(String::length).sum();
        if (request.line().length() + values > HEADER_BYTES) {
            return Optional.of(GatewayAnswer.message(431, "Request Header Fields Too Large"));
        }
        return request.body().length > BODY_BYTES ? Optional.of(tooLarge()) : Optional.empty();
    }

    /** The refusal, if what the request has become is too large for Lambda. */
    static Optional<GatewayAnswer> refusal(byte[] event) {
        return event.length > EVENT_BYTES ? Optional.of(tooLarge()) : Optional.empty();
    }

    private static GatewayAnswer tooLarge() {
        return GatewayAnswer.message(413, "Request Entity Too Large");
    }
}
