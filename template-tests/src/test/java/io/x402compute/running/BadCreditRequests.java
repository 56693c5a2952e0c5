package io.x402compute.running;

import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.order;
import static io.x402compute.running.RequestDraft.post;

import java.util.List;
import java.util.stream.Stream;

/** {@code POST /compute/credits/topup}, and {@code use_credits} wherever something is sold. */
final class BadCreditRequests {
    private static final String TOP_UP = "/compute/credits/topup";
    private static final String MACHINE = "/compute/instances/{machine}/extend";
    private static final String FOREIGN = "/compute/instances/{others-machine}/extend";
    private static final String ON_CREDIT = "{\"use_credits\":true}";
    private static final String NAME = "Idempotency-Key";
    private static final String FIELD = "invalid_field";
    private static final String SHORT = "insufficient_credits";

    private BadCreditRequests() {}

    static Stream<BadRequest> all() {
        return Stream.of(amounts(), topUps(), names(), payers()).flatMap(List::stream);
    }

    private static List<BadRequest> amounts() {
        return List.of(
                amount("nothing", "0"),
                amount("less than a dollar", "0.999999"),
                amount("a micro more than can be bought", "10000.000001"),
                amount("less than nothing", "-50"),
                amount("less than nothing, as text", "\"-50\""),
                amount("a seventh decimal", "1.0000001"),
                amount("a seventh decimal, as text", "\"1.0000001\""),
                amount("beyond a double", "1e400"),
                amount("an exponent that overflows when it is shortened", "100e2147483647"),
                amount("an exponent that underflows", "1e-2147483647"),
                amount("a thousand digits", "9".repeat(900)),
                amount("text with an exponent", "\"5e1\""),
                amount("text with a sign", "\"+50\""),
                amount("text with a space", "\" 50\""),
                amount("text with a comma", "\"1,50\""),
                amount("text in hex", "\"0x32\""),
                amount("text in Arabic digits", "\"\u0665\u0660\""),
                amount("empty text", "\"\""),
                amount("dollars by their sign", "\"$50\""),
                amount("no number", "\"NaN\""),
                amount("null", "null"),
                amount("true", "true"),
                amount("a list", "[50]"),
                amount("an object", "{\"usd\":50}"));
    }

    private static List<BadRequest> topUps() {
        return List.of(
                row("a top-up of nothing said", post(TOP_UP, "{}"), 400, "missing_field"),
                row("a top-up on an unknown chain", post(TOP_UP, "{\"amount\":50,\"network\":\"dogecoin\"}"), 400,
                        "unsupported_network"),
                row("a top-up on a chain that is not taken",
                        post(TOP_UP, "{\"amount\":50,\"network\":\"solana-devnet\"}"),
                        400, "unsupported_network"),
                row("credit for credit", post(TOP_UP, "{\"amount\":50,\"use_credits\":true}").signed(), 400, FIELD),
                row("a top-up that one signs and another pays",
                        post(TOP_UP, "{\"amount\":50}").signed().paid(Scene::stranger), 403, "payer_mismatch"),
                row("one's key, another's payment for a top-up",
                        post(TOP_UP, "{\"amount\":50}").keyed().paid(Scene::stranger), 403, "payer_mismatch"),
                row("a top-up with a payment that has bought something else",
                        post(TOP_UP, "{\"amount\":50}")
                                .with("PAYMENT-SIGNATURE", scene -> scene.usedPayment().headerText()),
                        409, "payment_already_used"));
    }

    private static List<BadRequest> names() {
        return List.of(
                row("credit with a key and no name", onCredit().keyed(), 400, "idempotency_key_required"),
                row("time on credit with a key and no name", post(MACHINE, ON_CREDIT).keyed(), 400,
                        "idempotency_key_required"),
                row("credit with an empty name", onCredit().keyed().with(NAME, ""), 400, "invalid_idempotency_key"),
                row("credit with a name too long", onCredit().keyed().with(NAME, "n".repeat(256)), 400,
                        "invalid_idempotency_key"),
                row("credit as text", order(body -> body.put("use_credits", "true")).signed(), 400, FIELD),
                row("credit as a number", order(body -> body.put("use_credits", 1)).signed(), 400, FIELD),
                row("credit as null", order(body -> body.putNull("use_credits")).signed(), 400, FIELD),
                row("time on credit as an object", post(MACHINE, "{\"use_credits\":{}}").signed(), 400, FIELD));
    }

    private static List<BadRequest> payers() {
        return List.of(
                row("nobody's credit for a machine", onCredit(), 401, "missing_auth"),
                row("nobody's credit for a machine, by name", onCredit().with(NAME, "mine"), 401, "missing_auth"),
                row("nobody's credit for time", post(MACHINE, ON_CREDIT), 401, "missing_auth"),
                row("credit and a payment",
                        onCredit().signed().with("PAYMENT-SIGNATURE", scene -> scene.usedPayment().headerText()), 400,
                        "two_payments"),
                row("credit and a payment that is none", onCredit().signed().with("X-PAYMENT", "eyJ9"), 400,
                        "two_payments"),
                row("credit that is not there", onMuchCredit().signed(), 402, SHORT),
                row("credit that is not there, with a key", onMuchCredit().keyed().with(NAME, "mine"), 402, SHORT),
                row("credit that is not there for time",
                        post(MACHINE, "{\"use_credits\":true,\"extend_hours\":4200}").signed(), 402, SHORT),
                row("credit for somebody else's machine", post(FOREIGN, ON_CREDIT).signed(), 404, "not_found"),
                row("credit for a machine that is gone",
                        post("/compute/instances/{gone-machine}/extend", ON_CREDIT).signed(), 410, "instance_gone"),
                row("credit for a plan there is not",
                        order(body -> body.put("use_credits", true).put("plan", "vcg-abacus-1c")).signed(), 400,
                        "unknown_plan"));
    }

    private static RequestDraft onCredit() {
        return order(body -> body.put("use_credits", true));
    }

    /** More than whatever else happens in the run gives anybody back. */
    private static RequestDraft onMuchCredit() {
        return order(body -> body.put("use_credits", true).put("prepaid_hours", 4320));
    }

    private static BadRequest amount(String name, String amount) {
        return row("a top-up by " + name, post(TOP_UP, "{\"amount\":" + amount + "}"), 400, FIELD);
    }
}
