package io.x402compute.local.provider;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** One machine, as it is at any moment: what it shows follows from how long ago it was ordered. */
final class Machine {
    private static final DateTimeFormatter RFC_3339 = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
    private static final String NO_ADDRESS = "0.0.0.0";

    private final String id;
    private final MachineOrder order;
    private final String address;
    private final Instant created;
    private final BootTimes boot;
    private Optional<Instant> destroyed = Optional.empty();

    Machine(String id, MachineOrder order, String address, Instant created) {
        this.id = id;
        this.order = order;
        this.address = address;
        this.created = created;
        this.boot = BootTimes.of(id, order.hourlyInvoiced());
    }

    String id() {
        return id;
    }

    MachineOrder order() {
        return order;
    }

    Instant created() {
        return created;
    }

    boolean live() {
        return destroyed.isEmpty();
    }

    Duration age(Instant now) {
        return Duration.between(created, now);
    }

    String address(Instant now) {
        return passed(boot.active(), now) ? address : NO_ADDRESS;
    }

    /** @throws Refused while it is still being set up */
    void destroy(Instant now) {
        if (!passed(boot.active(), now)) {
            throw new Refused(500,
                    "Unable to destroy server: This subscription is not currently active, you cannot destroy it.");
        }
        if (!passed(boot.unlocked(), now)) {
            throw new Refused(500, "Unable to destroy server: Unable to remove VM: Server is currently locked");
        }
        destroyed = Optional.of(now);
    }

    /** Started hours at the price of the day it was ordered, running or not; the monthly cap is left out. */
    BigDecimal charged(Instant now) {
        Duration lived = Duration.between(created, destroyed.orElse(now));
        long hours = Math.max(1, lived.plusHours(1).minusNanos(1).toHours());
        return order.hourlyCharge().multiply(BigDecimal.valueOf(hours)).setScale(4, RoundingMode.HALF_UP);
    }

    /** What the answer to a read shows. */
    ObjectNode show(Instant now) {
        boolean active = passed(boot.active(), now);
        ObjectNode json = order.describe(Json.object().put("id", id));
        json.put("disk", active ? order.plan().path("disk").intValue() : 0)
                .put("main_ip", address(now))
                .put("netmask_v4", active ? "255.254.0.0" : "")
                .put("gateway_v4", active ? "198.18.0.1" : NO_ADDRESS)
                .put("date_created", RFC_3339.format(created.atOffset(ZoneOffset.UTC)))
                .put("status", active ? "active" : "pending")
                .put("power_status", "running")
                .put("server_status", serverStatus(now))
                .put("kvm", active ? "https://my.vultr.com/subs/vps/novnc/api.php?data=" + secret("console") : "");
        return json;
    }

    /** The answer to the order is the only one with the password in it. */
    ObjectNode showWithPassword(Instant now) {
        return show(now).put("default_password", secret("password"));
    }

    SimulatedMachine view(Instant now) {
        return new SimulatedMachine(
                id,
                order.text("plan"),
                order.text("region"),
                order.text("label"),
                order.tags(),
                order.text("user_data"),
                created,
                destroyed,
                charged(now));
    }

    private String serverStatus(Instant now) {
        if (!passed(boot.active(), now)) {
            return "none";
        }
        if (!passed(boot.unlocked(), now)) {
            return "locked";
        }
        return passed(boot.ready(), now) ? "ok" : "installingbooting";
    }

    private boolean passed(Duration duration, Instant now) {
        return age(now).compareTo(duration) >= 0;
    }

    /** Looks like a secret, so that a leak can be found by looking for it. */
    private String secret(String kind) {
        return kind + "-" + Integer.toHexString((kind + id).hashCode()) + "{Fk#";
    }
}
