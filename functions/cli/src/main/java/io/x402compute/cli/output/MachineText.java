package io.x402compute.cli.output;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Machines, one or many. */
public final class MachineText {
    private static final String NO_ADDRESS = "0.0.0.0";

    private MachineText() {}

    /** Whether it has an address, and whoever owns it can log in. */
    public static boolean isUp(JsonNode machine) {
        return machine.path("status").asText().equals("active") && address(machine).isPresent();
    }

    public static String many(ObjectNode answer) {
        Table table = new Table("instance", "status", "plan", "region", "address", "expires", "label");
        answer.path("instances").forEach(machine -> table.row(Field.text(machine, "id"), Field.text(machine, "status"),
                Field.text(machine, "plan"), Field.text(machine, "region"), address(machine).orElse("-"),
                Field.time(machine, "expires_at"), Field.text(machine, "label")));
        return table.or("No machines.");
    }

    /**
     * All that its owner asks for.
     *
     * @param now from when on it is counted how long it still has
     */
    public static String one(JsonNode machine, Instant now) {
        return facts(machine, now)
                .put("paid", Field.dollars(machine, "payment_amount").map("%s USDC in all"::formatted))
                .put("credited", Field.dollars(machine, "credited").map("%s USDC"::formatted)).toString();
    }

    /** As {@link #one}, in the answer to a purchase, which tells of the amount that was paid just now as if it were all. */
    public static String bought(JsonNode machine, Instant now) {
        return facts(machine, now).toString();
    }

    private static Facts facts(JsonNode machine, Instant now) {
        Facts facts = new Facts().put("instance", Field.text(machine, "id"))
                .put("status", Field.text(machine, "status"))
                .put("plan", Field.text(machine, "plan") + " in " + Field.text(machine, "region"))
                .put("label", Field.optional(machine, "label"))
                .put("os", Field.optional(machine, "os"))
                .put("address", address(machine));
        if (machine.has("destroyed_at")) {
            facts.put("ended", Field.time(machine, "destroyed_at") + Field.optional(machine, "end_reason")
                    .map(" (%s)"::formatted).orElse(""));
        } else {
            facts.put("log in", isUp(machine) ? Optional.of(login(machine)) : Optional.empty())
                    .put("power", Field.optional(machine, "power_status"))
                    .put("operation", operation(machine.path("operation")))
                    .put("auto-extend", autoExtend(machine.path("auto_extend")))
                    .put("expires", Field.time(machine, "expires_at") + left(machine, now));
        }
        return facts.put("prepaid", Field.optional(machine, "prepaid_hours").map("%s hours"::formatted));
    }

    /** What its owner types to get in. */
    public static String login(JsonNode machine) {
        String ssh = "ssh root@" + address(machine).orElse(NO_ADDRESS);
        return machine.path("access_method").asText().equals("ssh_key")
                ? ssh
                : "%s, password by: x402compute password %s".formatted(ssh, Field.text(machine, "id"));
    }

    /** What a resize has changed. */
    public static String resize(ObjectNode answer) {
        return new Facts().put("instance", Field.text(answer, "instance_id"))
                .put("plan", "%s, was %s".formatted(Field.text(answer, "to_plan"), Field.text(answer, "from_plan")))
                .put("expires", "%s, was %s".formatted(Field.time(answer, "new_expires_at"),
                        Field.time(answer, "old_expires_at")))
                .put("operation", operation(answer.path("operation"))).toString();
    }

    public static Optional<String> address(JsonNode machine) {
        return Field.optional(machine, "ip_address").filter(address -> !address.equals(NO_ADDRESS));
    }

    private static Optional<String> operation(JsonNode operation) {
        return Field.optional(operation, "kind").map(kind -> kind + " " + Field.text(operation, "status")
                + Field.optional(operation, "reason").map(" (%s)"::formatted).orElse(""));
    }

    private static Optional<String> autoExtend(JsonNode wanted) {
        if (!wanted.path("enabled").asBoolean()) {
            return Field.optional(wanted, "failure").map("ended: %s"::formatted);
        }
        return Optional.of("%s hours again and again, %s of %s USDC spent".formatted(
                Field.text(wanted, "extend_hours"), Field.dollars(wanted, "spent").orElse("-"),
                Field.dollars(wanted, "max_total").orElse("-"))
                + Field.optional(wanted.path("next"), "at")
                        .map(at -> ", next at %s for %s".formatted(Field.time(wanted.path("next"), "at"),
                                Field.dollars(wanted.path("next"), "amount").orElse("-")))
                        .orElse(""));
    }

    private static String left(JsonNode machine, Instant now) {
        try {
            Duration left = Duration.between(now, Instant.parse(machine.path("expires_at").asText()));
            return left.isNegative() ? "" : " (in %d h %d min)".formatted(left.toHours(), left.toMinutesPart());
        } catch (DateTimeException e) {
            return "";
        }
    }
}
