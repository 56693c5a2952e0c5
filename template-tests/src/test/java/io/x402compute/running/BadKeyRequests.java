package io.x402compute.running;

import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.delete;
import static io.x402compute.running.RequestDraft.post;

import java.util.List;
import java.util.stream.Stream;

/** {@code POST /compute/api-keys} and {@code DELETE /compute/api-keys/{id}}: keys that are not made and do not end. */
final class BadKeyRequests {
    private static final String KEYS = "/compute/api-keys";
    private static final String FIELD = "invalid_field";
    private static final String NOT_FOUND = "not_found";

    private BadKeyRequests() {}

    static Stream<BadRequest> all() {
        return Stream.of(labels(), notByKey(), ids()).flatMap(List::stream);
    }

    private static List<BadRequest> labels() {
        return List.of(
                label("a number", "1"),
                label("null", "null"),
                label("true", "true"),
                label("a list", "[\"agent\"]"),
                label("an object", "{}"),
                label("empty", "\"\""),
                label("too long", "\"" + "x".repeat(101) + "\""),
                label("of two lines", "\"a\\nb\""),
                label("with a NUL", "\"a\\u0000b\""),
                label("with an escape character", "\"\\u001b[31m\""),
                label("with half a character", "\"\\ud800\""));
    }

    private static List<BadRequest> notByKey() {
        return List.of(
                row("a key made with a key", post(KEYS).keyed(), 403, "signature_required"),
                row("a key made with a key that is none", post(KEYS).with("X-API-Key", "x402c_none"), 403,
                        "signature_required"),
                row("a key made with a revoked key", post(KEYS).with("X-API-Key", Scene::revokedKey), 403,
                        "signature_required"),
                row("a key ended with itself", delete(KEYS + "/{key}").keyed(), 403, "signature_required"),
                row("a key made with both", post(KEYS).signed().keyed(), 400, "two_credentials"),
                row("a key ended with both", delete(KEYS + "/{key}").signed().keyed(), 400, "two_credentials"));
    }

    private static List<BadRequest> ids() {
        return List.of(
                row("somebody else's key ended", delete(KEYS + "/{others-key}").signed(), 404, NOT_FOUND),
                row("a key there is not", delete(KEYS + "/{no-machine}").signed(), 404, NOT_FOUND),
                row("a key by the id of a machine", delete(KEYS + "/{machine}").signed(), 404, NOT_FOUND),
                row("a key by a word", delete(KEYS + "/mine").signed(), 404, NOT_FOUND),
                row("a key by the prefix of all", delete(KEYS + "/x402c_").signed(), 404, NOT_FOUND),
                row("a key by an id in capitals", delete(KEYS + "/ABCDEF01-2345-4678-9ABC-DEF012345678").signed(), 404,
                        NOT_FOUND),
                row("a key by an id in braces",
                        delete(KEYS + "/%7B{key}%7D").signedAs("DELETE", KEYS + "/{{key}}"), 404, NOT_FOUND),
                row("a key by an id with a NUL", delete(KEYS + "/{key}%00").signedAs("DELETE", KEYS + "/{key}\u0000"),
                        404, NOT_FOUND));
    }

    private static BadRequest label(String name, String json) {
        return row("a label " + name, post(KEYS, "{\"label\":" + json + "}").signed(), 400, FIELD);
    }
}
