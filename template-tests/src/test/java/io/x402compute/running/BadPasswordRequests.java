package io.x402compute.running;

import static io.x402compute.running.BadRequest.gateway;
import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.get;
import static io.x402compute.running.RequestDraft.post;
import static io.x402compute.running.RequestDraft.request;

import java.util.List;
import java.util.stream.Stream;

/** {@code POST /compute/instances/{id}/password}: passwords that are not shown, and not used up either. */
final class BadPasswordRequests {
    private static final String UNSEEN = "/compute/instances/{keyless-machine}/password";
    private static final String SEEN = "/compute/instances/{seen-machine}/password";
    private static final String NOT_FOUND = "not_found";

    private BadPasswordRequests() {}

    static Stream<BadRequest> all() {
        return Stream.of(callers(), machines(), methods()).flatMap(List::stream);
    }

    private static List<BadRequest> callers() {
        return List.of(
                row("nobody's password", post(UNSEEN), 401, "missing_auth"),
                row("a password by a forged signature",
                        post(UNSEEN).signed().with("X-Auth-Signature", "0x" + "34".repeat(64) + "1b"), 401,
                        "invalid_auth"),
                row("a password by the signature of a look",
                        post(UNSEEN).signedAs("GET", "/compute/instances/{keyless-machine}"), 401, "invalid_auth"),
                row("a password by the signature for another machine", post(UNSEEN).signedAs("POST", SEEN), 401,
                        "invalid_auth"),
                row("a password by a nonce used before", post(UNSEEN).with(Scene::burnt), 401, "invalid_auth"),
                row("a password by an unknown key", post(UNSEEN).with("X-API-Key", "x402c_none"), 401,
                        "unknown_api_key"),
                row("a password by a revoked key", post(UNSEEN).with("X-API-Key", Scene::revokedKey), 401,
                        "unknown_api_key"),
                row("a password with both", post(UNSEEN).signed().keyed(), 400, "two_credentials"),
                row("somebody else's password", post(UNSEEN).signed(scene -> scene.stranger().credentials()), 404,
                        NOT_FOUND));
    }

    private static List<BadRequest> machines() {
        return List.of(
                row("the password of a machine there is not", post("/compute/instances/{no-machine}/password").signed(),
                        404, NOT_FOUND),
                row("the password of something that is no id", post("/compute/instances/mine/password").signed(), 404,
                        NOT_FOUND),
                row("the password of a key", post("/compute/instances/{key}/password").keyed(), 404, NOT_FOUND),
                row("the password of a machine with an SSH key", post("/compute/instances/{machine}/password").signed(),
                        409, "no_password"),
                row("the password of a machine with an SSH key that is gone",
                        post("/compute/instances/{gone-machine}/password").keyed(), 409, "no_password"),
                row("a password seen before", post(SEEN).signed(), 409, "password_already_revealed"),
                row("a password seen before, with an object", post(SEEN, "{}").signed(), 409,
                        "password_already_revealed"));
    }

    private static List<BadRequest> methods() {
        return List.of(
                gateway("a password that is asked for", get(UNSEEN).signed(), 404),
                gateway("a password that is put", request("PUT", UNSEEN).signed(), 404),
                gateway("something behind a password", post(UNSEEN + "/now").signed(), 404));
    }
}
