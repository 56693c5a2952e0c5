package io.x402compute.running;

import static io.x402compute.running.BadRequest.gateway;
import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.delete;
import static io.x402compute.running.RequestDraft.get;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code GET} and {@code DELETE /compute/instances/{id}}: machines that are not the caller's, and what is no machine. */
final class BadInstanceRequests {
    private static final String MACHINES = "/compute/instances/";
    private static final String NOT_FOUND = "not_found";

    private BadInstanceRequests() {}

    static Stream<BadRequest> all() {
        return Stream.of(foreign().stream(), notAnId(), elsewhere().stream()).flatMap(rows -> rows);
    }

    private static List<BadRequest> foreign() {
        return List.of(
                row("a look at somebody else's machine", get(MACHINES + "{others-machine}").signed(), 404, NOT_FOUND),
                row("a look with a key", get(MACHINES + "{others-machine}").keyed(), 404, NOT_FOUND),
                row("somebody else's machine ended", delete(MACHINES + "{others-machine}").signed(), 404, NOT_FOUND),
                row("the same with a key", delete(MACHINES + "{others-machine}").keyed(), 404, NOT_FOUND),
                row("a look at a machine there is not", get(MACHINES + "{no-machine}").signed(), 404, NOT_FOUND),
                row("a machine there is not ended", delete(MACHINES + "{no-machine}").signed(), 404, NOT_FOUND),
                row("the history of somebody else's machine", get(MACHINES + "{others-machine}/events").signed(), 404,
                        NOT_FOUND),
                row("the same history with a key", get(MACHINES + "{others-machine}/events").keyed(), 404, NOT_FOUND),
                row("the history of a machine there is not", get(MACHINES + "{no-machine}/events").signed(), 404,
                        NOT_FOUND),
                row("the history of a word", get(MACHINES + "mine/events").signed(), 404, NOT_FOUND),
                row("a history for nobody", get(MACHINES + "{machine}/events"), 401, "missing_auth"),
                row("a machine by the id of a key", delete(MACHINES + "{key}").signed(), 404, NOT_FOUND));
    }

    /** Each as it is sent, and as the gateway reads it, which is what must be signed. */
    private static Stream<BadRequest> notAnId() {
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("mine", "mine");
        ids.put("null", "null");
        ids.put("0", "0");
        ids.put("-1", "-1");
        ids.put("*", "*");
        ids.put("%20", " ");
        ids.put("%00", "\u0000");
        ids.put("{machine}%00", "{machine}\u0000");
        ids.put("%20{machine}", " {machine}");
        ids.put("{machine}%0A", "{machine}\n");
        ids.put("%7B{machine}%7D", "{{machine}}");
        ids.put("urn:uuid:{machine}", "urn:uuid:{machine}");
        ids.put("{machine}x", "{machine}x");
        ids.put("{machine},{machine}", "{machine},{machine}");
        ids.put("00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000");
        ids.put("ABCDEF01-2345-4678-9ABC-DEF012345678", "ABCDEF01-2345-4678-9ABC-DEF012345678");
        ids.put("0000000000000000000000000000000000000", "0000000000000000000000000000000000000");
        ids.put("1-1-1-1-1", "1-1-1-1-1");
        ids.put("%D9%A1%D9%A2%D9%A3", "\u0661\u0662\u0663");
        ids.put("%F0%9F%92%BB", "\ud83d\udcbb");
        ids.put("x'%20OR%20'1'='1", "x' OR '1'='1");
        ids.put("9".repeat(5_000), "9".repeat(5_000));
        return ids.entrySet().stream().flatMap(id -> {
            String name = id.getKey().length() > 60 ? "endless" : id.getKey();
            return Stream.of(
                    row("a look at " + name, get(MACHINES + id.getKey()).signedAs("GET", MACHINES + id.getValue()), 404,
                            NOT_FOUND),
                    row("the end of " + name,
                            delete(MACHINES + id.getKey()).signedAs("DELETE", MACHINES + id.getValue()), 404,
                            NOT_FOUND));
        });
    }

    private static List<BadRequest> elsewhere() {
        return List.of(
                gateway("no id", get(MACHINES).signed(), 404),
                gateway("a slash behind the id", get(MACHINES + "{machine}/").signed(), 404),
                gateway("a coded slash behind the id", get(MACHINES + "{machine}%2F").signed(), 404),
                gateway("a way up", get(MACHINES + "%2e%2e%2F{machine}").signed(), 404),
                gateway("a way through", delete(MACHINES + "{no-machine}%2F..%2F{machine}").signed(), 404));
    }
}
