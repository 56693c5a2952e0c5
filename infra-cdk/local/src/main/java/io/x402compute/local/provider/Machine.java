package io.x402compute.local.provider;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One machine, as it is at any moment: what it shows follows from how long ago it was ordered, and from what it was told. */
final class Machine {
    private static final String NO_ADDRESS = "0.0.0.0";

    private final String id;
    private final MachineOrder order;
    private final String address;
    private final Instant created;
    private final BootTimes boot;
    private HeldState held = HeldState.NONE;
    private Optional<Instant> destroyed = Optional.empty();

    Machine(String id, MachineOrder order, String address, Instant created) {
        this.id = id;
        this.order = order;
        this.address = address;
        this.created = created;
        this.boot = switch (order.kind()) {
            case INSTANCE -> BootTimes.ofInstance(id, order.hourlyInvoiced());
            case BARE_METAL -> BootTimes.ofBareMetal(id);
        };
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

    /** Whether reads still show it, as they may for a while after it was destroyed. */
    boolean shown(Instant now, Duration afterDestruction) {
        return destroyed.map(at -> now.isBefore(at.plus(afterDestruction))).orElse(true);
    }

    MachineState state(Instant now) {
        return held.over(new MachineState(
                passed(boot.active(), now) ? MachineState.ACTIVE : MachineState.PENDING,
                "running",
                serverStatus(now),
                mainIp(now)));
    }

    void hold(HeldState state) {
        held = state;
    }

    /** @throws Refused while it is still being set up */
    void destroy(Instant now) {
        state(now).requireDestructible();
        destroyed = Optional.of(now);
    }

    /** Started hours at the price of the day it was ordered, running or not; the monthly cap is left out. */
    BigDecimal charged(Instant now) {
        return Charges.of(order.hourlyCharge(), Duration.between(created, destroyed.orElse(now)));
    }

    /** What the answer to a read shows. */
    ObjectNode show(Instant now) {
        return switch (order.kind()) {
            case INSTANCE -> MachineJson.instance(this, now);
            case BARE_METAL -> MachineJson.bareMetal(this, now);
        };
    }

    /** The answer to the order is the only one with the password in it. */
    ObjectNode showWithPassword(Instant now) {
        return show(now).put("default_password", secret("password"));
    }

    SimulatedMachine view(Instant now) {
        return new SimulatedMachine(
                id,
                order.kind(),
                order.text("plan"),
                order.text("region"),
                order.text("label"),
                order.tags(),
                order.text("user_data"),
                created,
                destroyed,
                charged(now));
    }

    /** Looks like a secret, so that a leak can be found by looking for it. */
    String secret(String kind) {
        return kind + "-" + Integer.toHexString((kind + id).hashCode()) + "{Fk#";
    }

    private String serverStatus(Instant now) {
        if (!passed(boot.active(), now)) {
            return "none";
        }
        if (!passed(boot.unlocked(), now)) {
            return MachineState.LOCKED;
        }
        return passed(boot.ready(), now) ? "ok" : "installingbooting";
    }

    private String mainIp(Instant now) {
        if (passed(boot.active(), now)) {
            return address;
        }
        boolean nothing = order.kind() == MachineKind.BARE_METAL || passed(boot.addressless(), now);
        return nothing ? "" : NO_ADDRESS;
    }

    private boolean passed(Duration duration, Instant now) {
        return age(now).compareTo(duration) >= 0;
    }
}
