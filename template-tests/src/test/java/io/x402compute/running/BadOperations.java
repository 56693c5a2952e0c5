package io.x402compute.running;

import static io.x402compute.running.BadRequest.gateway;
import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.get;
import static io.x402compute.running.RequestDraft.post;
import static io.x402compute.running.RequestDraft.request;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code POST /compute/instances/{id}/start}, {@code /stop}, {@code /reboot} and {@code /resize}: what is not done. */
final class BadOperations {
    private static final String MACHINE = "/compute/instances/{machine}/";
    private static final String NOT_FOUND = "not_found";
    private static final String RESIZE = MACHINE + "resize";
    private static final String LARGER = "{\"plan\":\"" + MachineRequest.LARGER_PLAN
            + "\",\"confirm_disk_resize\":true}";

    private static final Gone GONE = new Gone(409, "not_active");

    /** How a machine that is gone is refused. */
    record Gone(int status, String code) {}

    private BadOperations() {}

    static Stream<BadRequest> all() {
        Stream<BadRequest> power = Stream.of("start", "stop", "reboot")
                .flatMap(verb -> Stream.concat(rows(verb, path -> post(path), GONE), power(verb)));
        return Stream.of(power, rows("resize", path -> post(path, LARGER), GONE), resizes().stream())
                .flatMap(rows -> rows);
    }

    /** What every route that is about one machine refuses. */
    static Stream<BadRequest> rows(String verb, Function<String, RequestDraft> asked, Gone gone) {
        String path = MACHINE + verb;
        return Stream.of(
                row(verb + " by nobody", asked.apply(path), 401, "missing_auth"),
                row(verb + " by a forged signature",
                        asked.apply(path).signed().with("X-Auth-Signature", "0x" + "34".repeat(64) + "1b"), 401,
                        "invalid_auth"),
                row(verb + " by the signature of a look",
                        asked.apply(path).signedAs("GET", "/compute/instances/{machine}"), 401, "invalid_auth"),
                row(verb + " by a nonce used before", asked.apply(path).with(Scene::burnt), 401, "invalid_auth"),
                row(verb + " by a revoked key", asked.apply(path).with("X-API-Key", Scene::revokedKey), 401,
                        "unknown_api_key"),
                row(verb + " with both", asked.apply(path).signed().keyed(), 400, "two_credentials"),
                row(verb + " by somebody else", asked.apply(path).signed(scene -> scene.stranger().credentials()), 404,
                        NOT_FOUND),
                row(verb + " of somebody else's", asked.apply("/compute/instances/{others-machine}/" + verb).keyed(),
                        404, NOT_FOUND),
                row(verb + " of a machine there is not",
                        asked.apply("/compute/instances/{no-machine}/" + verb).signed(), 404, NOT_FOUND),
                row(verb + " of something that is no id", asked.apply("/compute/instances/mine/" + verb).signed(), 404,
                        NOT_FOUND),
                row(verb + " of a machine that is gone",
                        asked.apply("/compute/instances/{gone-machine}/" + verb).signed(), gone.status(), gone.code()),
                gateway(verb + " that is asked for", get(path).signed(), 404),
                gateway(verb + " that is put", request("PUT", path).signed(), 404));
    }

    private static Stream<BadRequest> power(String verb) {
        String path = MACHINE + verb;
        return Stream.of(
                row(verb + " with something that is no JSON", post(path, verb).signed(), 400, "invalid_json"),
                row(verb + " with a list", post(path, "[]").signed(), 400, "invalid_json"));
    }

    private static List<BadRequest> resizes() {
        return List.of(
                row("resize without a body", post(RESIZE).signed(), 400, "missing_field"),
                row("resize to nothing", resize("{\"confirm_disk_resize\":true}"), 400, "missing_field"),
                row("resize to null", resize("{\"plan\":null,\"confirm_disk_resize\":true}"), 400, "invalid_field"),
                row("resize to a number", resize("{\"plan\":1,\"confirm_disk_resize\":true}"), 400, "invalid_field"),
                row("resize that is not confirmed", resize("{\"plan\":\"" + MachineRequest.LARGER_PLAN + "\"}"), 400,
                        "confirmation_required"),
                row("resize that is denied",
                        resize("{\"plan\":\"" + MachineRequest.LARGER_PLAN + "\",\"confirm_disk_resize\":false}"), 400,
                        "confirmation_required"),
                row("resize that is confirmed in words",
                        resize("{\"plan\":\"" + MachineRequest.LARGER_PLAN + "\",\"confirm_disk_resize\":\"true\"}"),
                        400, "invalid_field"),
                row("resize to the same", to(MachineRequest.PLAN), 400, "same_plan"),
                row("resize to a plan there is not", to("vcg-none"), 400, "unknown_plan"),
                row("resize to another kind", to("vc2-2c-4gb"), 400, "other_kind_of_plan"),
                row("resize to another GPU", to("vcg-a40-1c-5g-2vram"), 400, "other_kind_of_plan"),
                row("resize to a plan of other regions", to("vcg-a16-3c-32g-8vram"), 400, "plan_not_in_region"));
    }

    private static RequestDraft to(String plan) {
        return resize("{\"plan\":\"" + plan + "\",\"confirm_disk_resize\":true}");
    }

    private static RequestDraft resize(String body) {
        return post(RESIZE, body).signed();
    }
}
