package io.x402compute.running;

import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.MachineRequest.PROVISION;
import static io.x402compute.running.RequestDraft.order;
import static io.x402compute.running.RequestDraft.post;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** {@code POST /compute/provision}: what can be wrong with an order besides its payment. */
final class BadOrders {
    private static final String FIELD = "invalid_field";
    private static final String NOT_SOLD = "unsupported_field";
    private static final String MISSING = "missing_field";

    private BadOrders() {}

    static Stream<BadRequest> all() {
        return Stream.of(missing(), notSold(), texts(), waysIn(), numbers(), choices(), payers())
                .flatMap(List::stream);
    }

    private static List<BadRequest> missing() {
        return List.of(
                row("nothing said", post(PROVISION, "{}"), 400, MISSING),
                bad("no plan", MISSING, body -> body.remove("plan")),
                bad("no region", MISSING, body -> body.remove("region")),
                bad("a plan with a capital", MISSING, body -> body.set("Plan", body.remove("plan"))),
                bad("a null plan", FIELD, body -> body.putNull("plan")),
                bad("a null region", FIELD, body -> body.putNull("region")),
                bad("a null label", FIELD, body -> body.putNull("label")),
                bad("a null network", FIELD, body -> body.putNull("network")),
                bad("null hours", FIELD, body -> body.putNull("prepaid_hours")),
                bad("a null SSH key", FIELD, body -> body.putNull("ssh_public_key")));
    }

    private static List<BadRequest> notSold() {
        return List.of(
                bad("a machine with a model", NOT_SOLD, body -> body.putObject("ai_machine").put("model_id", "m")),
                bad("a node", NOT_SOLD, body -> body.putObject("deploy_node").put("model_id", "m")),
                bad("months", NOT_SOLD, body -> body.put("duration_months", 1)),
                bad("a key by its id", NOT_SOLD, body -> body.put("ssh_key_id", "k")),
                bad("keys by their ids", NOT_SOLD, body -> body.putArray("ssh_key_ids").add("k")));
    }

    private static List<BadRequest> texts() {
        return List.of(
                bad("a plan that is a number", FIELD, body -> body.put("plan", 1)),
                bad("a plan that is a list", FIELD, body -> body.putArray("plan").add("vc2-1c-1gb")),
                bad("a plan that is an object", FIELD, body -> body.putObject("plan").put("id", "vc2-1c-1gb")),
                bad("a plan that is true", FIELD, body -> body.put("plan", true)),
                bad("an empty plan", FIELD, body -> body.put("plan", "")),
                bad("a plan with a line break", FIELD, body -> body.put("plan", "vc2\n1c")),
                bad("a plan with a NUL", FIELD, body -> body.put("plan", "vc2\u00001c")),
                bad("an endless plan", FIELD, body -> body.put("plan", "v".repeat(65))),
                bad("a blank plan", "unknown_plan", body -> body.put("plan", " ")),
                bad("a plan in capitals", "unknown_plan", body -> body.put("plan", "VCG-A16-2C-8G-2VRAM")),
                bad("a plan by a path", "unknown_plan", body -> body.put("plan", "../plans/vc2-1c-1gb")),
                bad("a plan by a key of our table", "unknown_plan", body -> body.put("plan", "plan#vc2-1c-1gb")),
                bad("an empty region", FIELD, body -> body.put("region", "")),
                bad("a region that is a list", FIELD, body -> body.putArray("region").add("ewr")),
                bad("an endless region", FIELD, body -> body.put("region", "e".repeat(17))),
                bad("an empty label", FIELD, body -> body.put("label", "")),
                bad("a label too long", FIELD, body -> body.put("label", "x".repeat(65))),
                bad("a label of two lines", FIELD, body -> body.put("label", "a\r\nb")),
                bad("a label with a NUL", FIELD, body -> body.put("label", "a\u0000b")),
                bad("a label that is an object", FIELD, body -> body.putObject("label")),
                row("half a character in the label", post(PROVISION,
                        Json.write(MachineRequest.body()).replace("agent-machine", "\\ud800")), 400, FIELD),
                row("the other half", post(PROVISION,
                        Json.write(MachineRequest.body()).replace("agent-machine", "\\udc00\\ud800")), 400, FIELD),
                bad("an empty hostname", FIELD, body -> body.put("hostname", "")),
                bad("a hostname with a space", FIELD, body -> body.put("hostname", "my host")),
                bad("a hostname that starts with a hyphen", FIELD, body -> body.put("hostname", "-host")),
                bad("a hostname with a command", FIELD, body -> body.put("hostname", "$(reboot)")),
                bad("a hostname in Cyrillic letters", FIELD, body -> body.put("hostname", "\u0430\u0433\u0435")),
                bad("a hostname too long", FIELD, body -> body.put("hostname", "h".repeat(64))),
                bad("another provider", FIELD, body -> body.put("provider", "digitalocean")),
                bad("a provider that is a number", FIELD, body -> body.put("provider", 1)));
    }

    private static List<BadRequest> waysIn() {
        return List.of(
                bad("an SSH key that is a list", FIELD, body -> body.putArray("ssh_public_key")),
                bad("an empty SSH key", FIELD, body -> body.put("ssh_public_key", "")),
                bad("a blank SSH key", FIELD, body -> body.put("ssh_public_key", "   ")),
                bad("an SSH key that is none", FIELD, body -> body.put("ssh_public_key", "ssh-ed25519 AAAA")),
                bad("a private SSH key", FIELD,
                        body -> body.put("ssh_public_key", "-----BEGIN OPENSSH PRIVATE KEY-----")),
                bad("an SSH key with a second line", FIELD, body -> key(body, key -> key + "\nrm -rf /")),
                bad("a command before the SSH key", FIELD, body -> key(body, key -> "command=\"x\" " + key)),
                bad("an SSH key of another type than it says", FIELD,
                        body -> key(body, key -> key.replace("ssh-ed25519", "ssh-rsa"))),
                bad("an SSH key too long", FIELD, body -> key(body, key -> key + " " + "c".repeat(8_192))),
                bad("user data too long", FIELD, body -> body.put("user_data", "#".repeat(16 * 1024 + 1))),
                bad("user data with a NUL", FIELD, body -> body.put("user_data", "#!/bin/sh\n\u0000")),
                bad("user data that is an object", FIELD, body -> body.putObject("user_data")));
    }

    private static List<BadRequest> numbers() {
        return List.of(
                bad("an image that is text", FIELD, body -> body.put("os_id", "2284")),
                bad("an image with a fraction", FIELD, body -> body.put("os_id", 2284.5)),
                bad("image 0", FIELD, body -> body.put("os_id", 0)),
                bad("an image beyond all numbers", FIELD, body -> body.put("os_id", Long.MAX_VALUE)),
                bad("hours that are text", FIELD, body -> body.put("prepaid_hours", "24")),
                bad("hours in Arabic digits", FIELD, body -> body.put("prepaid_hours", "\u0662\u0664")),
                bad("hours that are a list", FIELD, body -> body.putArray("prepaid_hours").add(24)),
                bad("hours that are true", FIELD, body -> body.put("prepaid_hours", true)),
                bad("hours with a fraction", FIELD, body -> body.put("prepaid_hours", 24.5)),
                bad("no hours at all", FIELD, body -> body.put("prepaid_hours", 0)),
                bad("negative hours", FIELD, body -> body.put("prepaid_hours", -24)),
                bad("hours that would be 24 in 32 bits", FIELD, body -> body.put("prepaid_hours", 1L << 32 | 24)),
                written("hours less than nothing", "-0"),
                written("hours with a fraction of nothing", "24.0"),
                written("hours with an exponent", "24e0"),
                written("hours beyond a double", "1e400"),
                written("hours of an exponent that overflows when it is shortened", "100e2147483647"),
                written("hours of an exponent that underflows", "1e-2147483647"),
                written("hours of a thousand digits", "9".repeat(1_000)),
                bad("less than a day", "prepaid_period_too_short", body -> body.put("prepaid_hours", 23)),
                bad("more than half a year", "prepaid_period_too_long", body -> body.put("prepaid_hours", 4_321)),
                bad("all the hours there are", "prepaid_period_too_long",
                        body -> body.put("prepaid_hours", Integer.MAX_VALUE)));
    }

    private static List<BadRequest> choices() {
        return List.of(
                bad("an unknown plan", "unknown_plan", body -> body.put("plan", "vcg-abacus-1c")),
                bad("an unknown region", "plan_not_in_region", body -> body.put("region", "moon")),
                bad("a region in capitals", "plan_not_in_region", body -> body.put("region", "EWR")),
                bad("a region without that plan", "plan_not_in_region", body -> body.put("region", "ams")),
                bad("a plan that is sold out there", "out_of_stock",
                        body -> body.put("plan", "vcg-a16-3c-32g-8vram").put("region", "blr")),
                bad("an unknown image", "unknown_os", body -> body.put("os_id", 999_999)),
                bad("a chain that is a number", FIELD, body -> body.put("network", 8453)),
                bad("an empty chain", FIELD, body -> body.put("network", "")),
                bad("an unknown chain", "unsupported_network", body -> body.put("network", "dogecoin")),
                bad("a chain in capitals", "unsupported_network", body -> body.put("network", "BASE")),
                bad("two chains", "unsupported_network", body -> body.put("network", "base,solana")),
                bad("a test chain", "unsupported_network", body -> body.put("network", "base-sepolia")),
                bad("a chain that is not taken", "unsupported_network", body -> body.put("network", "solana-devnet")));
    }

    private static List<BadRequest> payers() {
        return List.of(
                row("signed by one, paid by another", order().signed().paid(Scene::stranger), 403, "payer_mismatch"),
                row("one's key, another's payment", order().keyed().paid(Scene::stranger), 403, "payer_mismatch"),
                row("a payment that has bought something else",
                        order().with("PAYMENT-SIGNATURE", scene -> scene.usedPayment().headerText()), 409,
                        "payment_already_used"));
    }

    private static BadRequest bad(String name, String code, Consumer<ObjectNode> edit) {
        return row(name, order(edit), 400, code);
    }

    private static BadRequest written(String name, String hours) {
        return row(name, post(PROVISION, Json.write(MachineRequest.body())
                .replace("\"prepaid_hours\":24", "\"prepaid_hours\":" + hours)), 400, FIELD);
    }

    private static void key(ObjectNode body, UnaryOperator<String> change) {
        body.put("ssh_public_key", change.apply(body.get("ssh_public_key").textValue()));
    }
}
