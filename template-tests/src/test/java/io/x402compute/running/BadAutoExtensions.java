package io.x402compute.running;

import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.post;

import java.util.stream.Stream;

import io.x402compute.http.Json;

/** {@code POST /compute/instances/{id}/auto-extend}: what is not wanted in a way that can be carried out. */
final class BadAutoExtensions {
    private static final String AUTO_EXTEND = "/compute/instances/{machine}/auto-extend";
    private static final String INVALID = "invalid_field";
    private static final String MISSING = "missing_field";

    private BadAutoExtensions() {}

    static Stream<BadRequest> all() {
        return Stream.concat(
                BadOperations.rows("auto-extend", path -> post(path, Json.write(MachineRequest.autoExtend())),
                        new BadOperations.Gone(410, "instance_gone")),
                Stream.of(
                        row("auto-extend without a body", post(AUTO_EXTEND).signed(), 400, MISSING),
                        row("auto-extend with a list", wanted("[]"), 400, "invalid_json"),
                        row("auto-extend perhaps", wanted("{\"max_total\":5}"), 400, MISSING),
                        row("auto-extend in words", wanted("{\"enabled\":\"yes\",\"max_total\":5}"), 400, INVALID),
                        row("auto-extend of null", wanted("{\"enabled\":null,\"max_total\":5}"), 400, INVALID),
                        row("auto-extend without a ceiling", wanted("{\"enabled\":true}"), 400, MISSING),
                        row("auto-extend up to null", upTo("null"), 400, INVALID),
                        row("auto-extend for nothing", upTo("0"), 400, INVALID),
                        row("auto-extend for less than nothing", upTo("-5"), 400, INVALID),
                        row("auto-extend for less than there is", upTo("0.0000001"), 400, INVALID),
                        row("auto-extend for more than there is", upTo("1e300"), 400, INVALID),
                        row("auto-extend up to a list", upTo("[5]"), 400, INVALID),
                        row("auto-extend by no time", by("0"), 400, INVALID),
                        row("auto-extend by too little", by("23"), 400, "prepaid_period_too_short"),
                        row("auto-extend by as much as a lease may last", by("4320"), 400, "prepaid_period_too_long"),
                        row("auto-extend by part of an hour", by("24.5"), 400, INVALID),
                        row("auto-extend by text", by("\"24\""), 400, INVALID)));
    }

    private static RequestDraft upTo(String ceiling) {
        return wanted("{\"enabled\":true,\"max_total\":" + ceiling + "}");
    }

    private static RequestDraft by(String hours) {
        return wanted("{\"enabled\":true,\"max_total\":5,\"extend_hours\":" + hours + "}");
    }

    private static RequestDraft wanted(String body) {
        return post(AUTO_EXTEND, body).signed();
    }
}
