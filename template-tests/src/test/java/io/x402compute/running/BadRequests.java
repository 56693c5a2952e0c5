package io.x402compute.running;

import static io.x402compute.running.BadRequest.extension;
import static io.x402compute.running.BadRequest.order;
import static io.x402compute.running.BadRequest.post;
import static io.x402compute.running.BadRequest.text;
import static io.x402compute.running.BadRequest.with;
import static io.x402compute.running.MachineRequest.PROVISION;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import io.x402compute.http.Json;

/** Everything that can be wrong with a request besides its payment. */
final class BadRequests {
    private static final String FIELD = "invalid_field";
    private static final String JSON = "invalid_json";
    private static final String ONE = "/compute/instances/{id}";

    private BadRequests() {}

    static Stream<BadRequest> all() {
        return Stream.of(notJson(), wrongFields(), wrongChoices(), extensions(), strangers(), twoPayments())
                .flatMap(List::stream);
    }

    private static List<BadRequest> notJson() {
        return List.of(
                text("no JSON", JSON, "plan=vc2-1c-1gb"),
                text("a list", JSON, "[]"),
                text("a string", JSON, "\"vc2-1c-1gb\""),
                text("null", JSON, "null"),
                text("only spaces", JSON, "   "),
                text("half an object", JSON, "{\"plan\":"),
                text("two objects", JSON, "{}{}"),
                text("one field twice", JSON, "{\"plan\":\"a\",\"plan\":\"b\"}"),
                text("a comma too many", JSON, "{\"plan\":\"a\",}"),
                text("a thousand lists in each other", JSON, "[".repeat(1_001)),
                post("bytes that are no UTF-8", 400, JSON, PROVISION, new byte[]{'{', '"', -1, '"', '}'}),
                post("UTF-16", 400, JSON, PROVISION, "{}".getBytes(StandardCharsets.UTF_16)),
                post("more than 128 KB", 413, "body_too_large", PROVISION, new byte[128 * 1024 + 1]));
    }

    private static List<BadRequest> wrongFields() {
        return List.of(
                text("nothing said", "missing_field", "{}"),
                order("no plan", "missing_field", body -> body.remove("plan")),
                order("no region", "missing_field", body -> body.remove("region")),
                order("a null plan", FIELD, body -> body.putNull("plan")),
                order("a plan that is a number", FIELD, body -> body.put("plan", 1)),
                order("an empty plan", FIELD, body -> body.put("plan", "")),
                order("a plan with a line break", FIELD, body -> body.put("plan", "vc2\n1c")),
                order("an endless plan", FIELD, body -> body.put("plan", "v".repeat(65))),
                order("an image that is text", FIELD, body -> body.put("os_id", "2284")),
                order("an image with a fraction", FIELD, body -> body.put("os_id", 2284.5)),
                order("image 0", FIELD, body -> body.put("os_id", 0)),
                order("an image beyond all numbers", FIELD, body -> body.put("os_id", Long.MAX_VALUE)),
                order("an empty label", FIELD, body -> body.put("label", "")),
                order("a label too long", FIELD, body -> body.put("label", "x".repeat(65))),
                text("half a character in the label", FIELD,
                        Json.write(MachineRequest.body()).replace("agent-machine", "\\ud800")),
                order("a hostname with a space", FIELD, body -> body.put("hostname", "my host")),
                order("a hostname that starts with a hyphen", FIELD, body -> body.put("hostname", "-host")),
                order("an SSH key that is none", FIELD, body -> body.put("ssh_public_key", "ssh-ed25519 AAAA")),
                order("an SSH key with a second line", FIELD,
                        body -> body.put("ssh_public_key", body.get("ssh_public_key").textValue() + "\nrm -rf /")),
                order("a command before the SSH key", FIELD,
                        body -> body.put("ssh_public_key", "command=\"x\" " + body.get("ssh_public_key").textValue())),
                order("user data too long", FIELD, body -> body.put("user_data", "#".repeat(16 * 1024 + 1))),
                order("hours that are text", FIELD, body -> body.put("prepaid_hours", "24")),
                order("hours with a fraction", FIELD, body -> body.put("prepaid_hours", 24.5)),
                order("null hours", FIELD, body -> body.putNull("prepaid_hours")),
                order("no hours at all", FIELD, body -> body.put("prepaid_hours", 0)),
                order("negative hours", FIELD, body -> body.put("prepaid_hours", -24)),
                order("hours beyond all numbers", FIELD, body -> body.put("prepaid_hours", 1L << 32 | 24)),
                order("a chain that is a number", FIELD, body -> body.put("network", 8453)));
    }

    private static List<BadRequest> wrongChoices() {
        return List.of(
                order("an unknown plan", "unknown_plan", body -> body.put("plan", "vcg-abacus-1c")),
                order("an unknown region", "plan_not_in_region", body -> body.put("region", "moon")),
                order("a region without that plan", "plan_not_in_region", body -> body.put("region", "ams")),
                order("a plan that is sold out there", "out_of_stock",
                        body -> body.put("plan", "vcg-a16-3c-32g-8vram").put("region", "blr")),
                order("an unknown image", "unknown_os", body -> body.put("os_id", 999_999)),
                order("another provider", FIELD, body -> body.put("provider", "digitalocean")),
                order("an unknown chain", "unsupported_network", body -> body.put("network", "dogecoin")),
                order("a chain that is not taken", "unsupported_network", body -> body.put("network", "solana")),
                order("less than a day", "prepaid_period_too_short", body -> body.put("prepaid_hours", 23)),
                order("more than half a year", "prepaid_period_too_long", body -> body.put("prepaid_hours", 4_321)),
                with("an unknown type of plans", 400, FIELD, "GET", "/compute/plans?type=vax", Map.of()),
                with("an empty type of plans", 400, FIELD, "GET", "/compute/plans?type=", Map.of()));
    }

    private static List<BadRequest> extensions() {
        return List.of(
                extension("an extension that is no JSON", JSON, "24"),
                extension("an extension by less than a day", "prepaid_period_too_short", "{\"extend_hours\":1}"),
                extension("an extension by nothing", FIELD, "{\"extend_hours\":0}"),
                extension("an extension by text", FIELD, "{\"extend_hours\":\"24\"}"),
                extension("an extension on an unknown chain", "unsupported_network", "{\"network\":\"dogecoin\"}"),
                extension("an extension further ahead than half a year", "prepaid_limit_exceeded",
                        "{\"extend_hours\":4320}"),
                post("an extension of no machine", 404, "not_found",
                        "/compute/instances/" + UUID.randomUUID() + "/extend", WalletHeaders.bytes("{}")),
                post("an extension of something that is no id", 404, "not_found", "/compute/instances/mine/extend",
                        WalletHeaders.bytes("{}")));
    }

    private static List<BadRequest> strangers() {
        Map<String, String> complete = Map.of("X-Auth-Address", "0x" + "12".repeat(20), "X-Auth-Chain", "base",
                "X-Auth-Signature", "0x" + "34".repeat(65), "X-Auth-Timestamp", "1771372800123", "X-Auth-Nonce",
                "0123456789abcdef", "X-Auth-Sig-Encoding", "hex");
        return List.of(
                with("nobody's list", 401, "missing_auth", "GET", "/compute/instances", Map.of()),
                with("nobody's machine", 401, "missing_auth", "GET", ONE, Map.of()),
                with("nobody's password", 401, "missing_auth", "POST", ONE + "/password", Map.of()),
                with("an API key that gets no password", 401, "unknown_api_key", "POST", ONE + "/password",
                        Map.of("X-API-Key", "x402c_unknown")),
                with("nobody's destruction", 401, "missing_auth", "DELETE", ONE, Map.of()),
                with("an unknown API key", 401, "unknown_api_key", "GET", ONE, Map.of("X-API-Key", "x402c_unknown")),
                with("an API key at the till", 401, "unknown_api_key", "POST", PROVISION,
                        Map.of("X-API-Key", "x402c_unknown")),
                with("credentials of long ago", 401, "expired_auth", "GET", ONE, complete),
                with("no signature", 401, "missing_auth", "GET", ONE, without(complete, "X-Auth-Signature")),
                with("no nonce", 401, "missing_auth", "POST", PROVISION, without(complete, "X-Auth-Nonce")),
                with("an unknown chain of credentials", 401, "invalid_auth", "GET", ONE,
                        and(complete, "X-Auth-Chain", "tron")),
                with("an address of another chain", 401, "invalid_auth", "GET", ONE,
                        and(complete, "X-Auth-Chain", "solana")),
                with("a time in words", 401, "invalid_auth", "GET", ONE, and(complete, "X-Auth-Timestamp", "today")),
                with("a nonce with spaces", 401, "invalid_auth", "GET", ONE,
                        and(complete, "X-Auth-Nonce", "a b c d e f")));
    }

    private static List<BadRequest> twoPayments() {
        byte[] body = WalletHeaders.bytes(Json.write(MachineRequest.body()));
        return List.of(
                new BadRequest("a payment in either header", 400, "two_payments", "POST", PROVISION,
                        Map.of("X-PAYMENT", "e30=", "PAYMENT-SIGNATURE", "e30="), body),
                new BadRequest("two payments in one header", 400, "two_payments", "POST", PROVISION,
                        Map.of("PAYMENT-SIGNATURE", "e30=,e30="), body));
    }

    private static Map<String, String> without(Map<String, String> headers, String name) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(name);
        return fewer;
    }

    private static Map<String, String> and(Map<String, String> headers, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return more;
    }
}
