package io.x402compute.running;

import static io.x402compute.running.BadRequest.gateway;
import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.delete;
import static io.x402compute.running.RequestDraft.get;

import java.util.stream.Stream;

/** {@code GET} and {@code DELETE /status/{id}}, {@code GET /results/{id}/{field}}: runs that are not there, or not the caller's to end. */
final class BadJobRequests {
    private static final String NOT_FOUND = "not_found";

    private BadJobRequests() {}

    static Stream<BadRequest> all() {
        return Stream.of(
                row("a look at a run there is not", get("/status/{no-machine}"), 404, NOT_FOUND),
                row("a run that is waited for and not there", get("/status/{no-machine}").with("Prefer", "wait=20"),
                        404, NOT_FOUND),
                row("a run by a word", get("/status/latest"), 404, NOT_FOUND),
                row("a run by the id of a machine", get("/status/{machine}"), 404, NOT_FOUND),
                row("a run by an id with something behind it", get("/status/{job}x"), 404, NOT_FOUND),
                row("a run by an id in capitals", get("/status/ABCDEF01-2345-4678-9ABC-DEF012345678"), 404, NOT_FOUND),
                row("a run ended by nobody", delete("/status/{job}"), 401, "missing_auth"),
                row("somebody else's run ended", delete("/status/{others-job}").signed(), 404, NOT_FOUND),
                row("the same with a key", delete("/status/{others-job}").keyed(), 404, NOT_FOUND),
                row("a run there is not ended", delete("/status/{no-machine}").signed(), 404, NOT_FOUND),
                row("a run by a word ended", delete("/status/latest").signed(), 404, NOT_FOUND),
                row("a result of a run there is not", get("/results/{no-machine}/url"), 404, NOT_FOUND),
                row("a result of a run that waits", get("/results/{job}/audio_url"), 404, NOT_FOUND),
                row("a result that a run does not have", get("/results/{spoken-job}/url"), 404, NOT_FOUND),
                row("the part of a result that is JSON", get("/results/{spoken-job}/duration"), 404, NOT_FOUND),
                row("a result by another name of the same", get("/results/{spoken-job}/AUDIO_URL"), 404, NOT_FOUND),
                gateway("a result from elsewhere", get("/results/{spoken-job}/..%2Faudio_url"), 404),
                gateway("a result without a name", get("/results/{spoken-job}"), 404));
    }
}
