package io.x402compute.running;

import static io.x402compute.running.BadRequest.gateway;
import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.get;
import static io.x402compute.running.RequestDraft.post;

import java.util.List;
import java.util.stream.Stream;

/** What a seller can get wrong when it has us verify or settle; what is wrong with a payment is no error of his. */
final class BadFacilitatorRequests {
    private static final String INVALID = "invalid_payload";
    private static final String OFFER = "\"paymentRequirements\":{\"scheme\":\"exact\",\"network\":\"eip155:8453\"";

    private BadFacilitatorRequests() {}

    static Stream<BadRequest> all() {
        return Stream.of("/verify", "/settle").flatMap(path -> rows(path).stream());
    }

    private static List<BadRequest> rows(String path) {
        return List.of(
                row(path + ": nothing", post(path), 400, INVALID),
                row(path + ": no JSON", post(path, "{"), 400, INVALID),
                row(path + ": a list", post(path, "[]"), 400, INVALID),
                row(path + ": an empty object", post(path, "{}"), 400, INVALID),
                row(path + ": no offer", post(path, "{\"x402Version\":2,\"paymentPayload\":{}}"), 400, INVALID),
                row(path + ": one field twice", post(path, "{\"x402Version\":2,\"x402Version\":2}"), 400, INVALID),
                row(path + ": no version", post(path, "{\"paymentPayload\":{}," + OFFER + "}}"), 400,
                        "invalid_x402_version"),
                row(path + ": two versions",
                        post(path, "{\"x402Version\":1,\"paymentPayload\":{\"x402Version\":2}," + OFFER + "}}"), 400,
                        "invalid_x402_version"),
                row(path + ": an offer without a price",
                        post(path, "{\"x402Version\":2,\"paymentPayload\":{\"x402Version\":2}," + OFFER + "}}"), 400,
                        "invalid_payment_requirements"),
                row(path + ": too long", post(path, "{\"a\":\"" + "a".repeat(16 * 1024) + "\"}"), 413,
                        "body_too_large"),
                gateway(path + ": a look", get(path), 404));
    }
}
