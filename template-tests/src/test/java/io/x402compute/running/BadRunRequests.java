package io.x402compute.running;

import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.post;

import java.util.stream.Stream;

/** Wishes for runs that nobody can have. */
final class BadRunRequests {
    private static final String RUN = "/v1/run";
    private static final String CHAT = "{\"service\":\"llm-4090\",\"input\":{\"prompt\":\"hello\"}}";
    private static final String FIELD = "invalid_field";

    private BadRunRequests() {}

    static Stream<BadRequest> all() {
        return Stream.of(
                row("a run of nothing said", post(RUN, "{}"), 400, "missing_field"),
                row("a run of no service", post(RUN, "{\"service\":\"none\",\"input\":{}}"), 400, "unknown_service"),
                row("a run by the short path of no service", post("/run", "{\"service\":\"none\",\"input\":{}}"), 400,
                        "unknown_service"),
                row("a run without input", post(RUN, "{\"service\":\"llm-4090\"}"), 400, "missing_field"),
                row("a run with a list for input", post(RUN, "{\"service\":\"llm-4090\",\"input\":[]}"), 400, FIELD),
                row("a run in a hurry that is none", post(RUN, CHAT).with("X-Priority", "now"), 400, FIELD),
                row("a run on credit by nobody",
                        post(RUN, CHAT.replace("{\"service", "{\"use_credits\":true,\"service")),
                        401, "missing_auth"),
                row("a run by a token that is none", post(RUN, CHAT).with("Authorization", "Bearer x402c_none"), 401,
                        "unknown_api_key"),
                row("a run to be told to a private address",
                        post(RUN, "{\"service\":\"video\",\"input\":{\"prompt\":\"a cat\"},"
                                + "\"webhook_url\":\"https://10.0.0.1/\"}"),
                        400, FIELD));
    }
}
