package io.x402compute.handler;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.order.OrderKind;
import io.x402compute.order.RefundPolicy;
import io.x402compute.order.RefundReason;

/**
 * The rules by which money is given back. Field {@code version} changes with the meaning of any other field;
 * reasons and kinds of orders may be added under the same one.
 *
 * <p>{@code rules}: each reason that a given back order or a credit entry can have, with {@code orders} (what it can happen to),
 * {@code refund} ({@code all}, {@code unused_hours} as {@code unused_time} counts them, or the {@code unused_part} of a price that
 * was the most it could be), {@code how} ({@code credit}, or
 * {@code onchain} to the paying wallet) and {@code when}, for people.
 */
final class RefundPolicyJson {
    private static final int VERSION = 1;

    private RefundPolicyJson() {}

    /** @param onchain whether what was paid on the chain goes back there */
    static ObjectNode of(boolean onchain) {
        ObjectNode json = Json.object().put("version", VERSION);
        ArrayNode rules = json.putArray("rules");
        for (RefundReason reason : RefundReason.values()) {
            rule(rules, reason.code(), reason.orders(), "all", onchain ? "onchain" : "credit", reason.when());
        }
        rule(rules, RefundPolicy.UNUSED_TIME, RefundPolicy.ORDERS_OF_TIME, "unused_hours", "credit",
                "the owner destroys the machine, or it vanishes after it was up");
        rule(rules, RefundPolicy.UNUSED_CEILING, RefundPolicy.METERED_ORDERS, "unused_part", "credit",
                "a run is charged by what it uses, and uses less than was paid for it");
        json.put("paid_with_credits", "credit").put("once_per_order", true);
        json.putObject("unused_time")
                .put("unit_seconds", RefundPolicy.UNIT.toSeconds())
                .put("rounding", "down")
                .put("used_from", "created_at")
                .put("used_until", "destroyed_at")
                .put("used_at_least_seconds", RefundPolicy.LEAST_USED.toSeconds())
                .put("given_back_first", "newest");
        json.putObject("deadlines")
                .put("boot_seconds", RefundPolicy.BOOT_DEADLINE.toSeconds())
                .put("extension_grace_seconds", RefundPolicy.EXTENSION_GRACE.toSeconds())
                .put("late_transfer_seconds", RefundPolicy.LATE_TRANSFER.toSeconds());
        never(json.putArray("never_refunded"));
        CreditAccess.put(json.putObject("credit"), "");
        return json;
    }

    private static void rule(ArrayNode rules, String reason, List<OrderKind> orders, String share, String how,
            String when) {
        ObjectNode rule = rules.addObject().put("reason", reason);
        ArrayNode kinds = rule.putArray("orders");
        orders.forEach(kind -> kinds.add(kind.name().toLowerCase(Locale.ROOT)));
        rule.put("refund", share).put("how", how).put("when", when);
    }

    private static void never(ArrayNode never) {
        RefundPolicy.NEVER.forEach(never::add);
    }
}
