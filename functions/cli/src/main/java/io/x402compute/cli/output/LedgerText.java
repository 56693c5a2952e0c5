package io.x402compute.cli.output;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.cli.api.Printable;

/** Orders, credit, keys and events. */
public final class LedgerText {
    private LedgerText() {}

    public static String orders(ObjectNode answer) {
        Table table = new Table("order", "kind", "state", ">usdc", "created", "instance");
        answer.path("orders").forEach(order -> table.row(Field.text(order, "order_id"), Field.text(order, "kind"),
                Field.text(order, "state"), Field.dollars(order, "amount_usd").orElse("-"),
                Field.time(order, "created_at"), Field.text(order, "instance_id")));
        return table.or("No orders.");
    }

    public static String order(ObjectNode order) {
        return new Facts().put("order", Field.text(order, "order_id"))
                .put("kind", Field.text(order, "kind"))
                .put("state", Field.text(order, "state"))
                .put("reason", Field.optional(order, "reason"))
                .put("amount", Field.dollars(order, "amount_usd").map("%s USDC"::formatted))
                .put("transaction", transaction(order))
                .put("credited", Field.dollars(order, "credited").map("%s USDC"::formatted))
                .put("refund", Field.optional(order.path("refund"), "status"))
                .put("instance", Field.optional(order, "instance_id"))
                .put("created", Field.time(order, "created_at")).toString();
    }

    public static String balance(ObjectNode credit) {
        return new Facts().put("balance", usdc(credit, "balance"))
                .put("deposited", usdc(credit, "total_deposited"))
                .put("spent", usdc(credit, "total_spent"))
                .put("wallet", Field.text(credit, "wallet")).toString();
    }

    public static String entries(ObjectNode answer) {
        Table table = new Table("time", "kind", ">usdc", "reason", "order");
        answer.path("entries").forEach(entry -> table.row(Field.time(entry, "created_at"), Field.text(entry, "kind"),
                Field.dollars(entry, "amount_usd").orElse("-"), Field.text(entry, "reason"),
                Field.text(entry, "order_id")));
        return table.or("No credit was ever given or spent.");
    }

    public static String topUp(ObjectNode answer) {
        return new Facts().put("deposited", usdc(answer, "deposited"))
                .put("balance", Field.dollars(answer, "new_balance").map("%s USDC"::formatted))
                .put("transaction", transaction(answer)).toString();
    }

    public static String keys(ObjectNode answer) {
        Table table = new Table("id", "label", "key", "created", "last used", "revoked");
        answer.path("api_keys").forEach(key -> table.row(Field.text(key, "id"), Field.text(key, "label"),
                "x402c_…" + Field.text(key, "key_last4"), Field.time(key, "created_at"),
                Field.time(key, "last_used_at"), Field.time(key, "revoked_at")));
        return table.or("No API keys.");
    }

    public static String key(ObjectNode answer) {
        return new Facts().put("key", Field.text(answer, "api_key")).put("id", Field.text(answer, "id"))
                .put("label", Field.optional(answer, "label")).toString();
    }

    public static String password(ObjectNode answer) {
        JsonNode access = answer.path("access");
        return new Facts().put("user", Field.text(access, "username"))
                .put("password", access.path("password").asText())
                .put("log in", "ssh %s@%s".formatted(Field.text(access, "username"), Field.text(access, "ip_address")))
                .toString();
    }

    public static String events(ObjectNode answer) {
        Table table = new Table("time", "event", "detail");
        answer.path("events").forEach(event -> table.row(Field.time(event, "time"), Field.text(event, "type"),
                Printable.of(event.path("detail").toString())));
        return table.or("Nothing has happened yet.");
    }

    private static Optional<String> transaction(ObjectNode json) {
        return Field.optional(json, "tx_hash");
    }

    private static String usdc(ObjectNode json, String name) {
        return Field.dollars(json, name).map("%s USDC"::formatted).orElse("-");
    }
}
