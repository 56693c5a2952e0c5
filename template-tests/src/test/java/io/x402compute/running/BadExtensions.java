package io.x402compute.running;

import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.post;

import java.util.List;
import java.util.stream.Stream;

/** {@code POST /compute/instances/{id}/extend}: what can be wrong with a wish for more time besides its payment. */
final class BadExtensions {
    private static final String MACHINE = "/compute/instances/{machine}/extend";
    private static final String FOREIGN = "/compute/instances/{others-machine}/extend";
    private static final String GONE = "/compute/instances/{gone-machine}/extend";
    private static final String FIELD = "invalid_field";

    private BadExtensions() {}

    static Stream<BadRequest> all() {
        return Stream.of(hours(), chains(), machines()).flatMap(List::stream);
    }

    private static List<BadRequest> hours() {
        return List.of(
                bad("less than a day", "prepaid_period_too_short", "{\"extend_hours\":1}"),
                bad("more than half a year", "prepaid_period_too_long", "{\"extend_hours\":4321}"),
                bad("an end further ahead than half a year", "prepaid_limit_exceeded", "{\"extend_hours\":4320}"),
                bad("nothing more", FIELD, "{\"extend_hours\":0}"),
                bad("nothing more, written negatively", FIELD, "{\"extend_hours\":-0}"),
                bad("less time", FIELD, "{\"extend_hours\":-24}"),
                bad("text", FIELD, "{\"extend_hours\":\"24\"}"),
                bad("a list", FIELD, "{\"extend_hours\":[24]}"),
                bad("an object", FIELD, "{\"extend_hours\":{}}"),
                bad("null", FIELD, "{\"extend_hours\":null}"),
                bad("true", FIELD, "{\"extend_hours\":true}"),
                bad("a fraction", FIELD, "{\"extend_hours\":24.5}"),
                bad("an exponent", FIELD, "{\"extend_hours\":24e0}"),
                bad("beyond a double", FIELD, "{\"extend_hours\":1e400}"),
                bad("beyond 32 bits", FIELD, "{\"extend_hours\":4294967320}"),
                bad("beyond 64 bits", FIELD, "{\"extend_hours\":18446744073709551640}"));
    }

    private static List<BadRequest> chains() {
        return List.of(
                bad("an unknown chain", "unsupported_network", "{\"network\":\"dogecoin\"}"),
                bad("a chain that is not taken", "unsupported_network", "{\"network\":\"solana-devnet\"}"),
                bad("an empty chain", FIELD, "{\"network\":\"\"}"),
                bad("a null chain", FIELD, "{\"network\":null}"),
                bad("a chain by its number", FIELD, "{\"network\":8453}"));
    }

    private static List<BadRequest> machines() {
        return List.of(
                row("a machine there is not", post("/compute/instances/{no-machine}/extend", "{}"), 404, "not_found"),
                row("something that is no id", post("/compute/instances/mine/extend", "{}"), 404, "not_found"),
                row("a machine that is gone", post(GONE, "{}"), 410, "instance_gone"),
                row("a machine that is gone, by its owner", post(GONE, "{}").signed(), 410, "instance_gone"),
                row("somebody else's machine, signed", post(FOREIGN, "{}").signed(), 404, "not_found"),
                row("somebody else's machine, with a key", post(FOREIGN, "{}").keyed(), 404, "not_found"),
                row("somebody else's machine, paid", post(FOREIGN, "{}").paid(Scene::owner), 404, "not_found"),
                row("somebody else's machine, paid and signed", post(FOREIGN, "{}").signed().paid(Scene::owner), 404,
                        "not_found"),
                row("signed by one, paid by another", post(MACHINE, "{}").signed().paid(Scene::stranger), 403,
                        "payer_mismatch"),
                row("a payment that has bought something else",
                        post(MACHINE, "{}").with("PAYMENT-SIGNATURE", scene -> scene.usedPayment().headerText()), 409,
                        "payment_already_used"));
    }

    private static BadRequest bad(String name, String code, String body) {
        return row("extension by " + name, post(MACHINE, body), 400, code);
    }
}
