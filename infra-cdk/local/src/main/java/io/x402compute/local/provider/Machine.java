package io.x402compute.local.provider;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One machine, as it is at any moment: what it shows follows from how long ago it was ordered, and from what it was told. */
final class Machine {
    private static final String NO_ADDRESS = "0.0.0.0";

    private final String id;
    private final String address;
    private final Instant created;
    private final BootTimes boot;
    private final Power power;
    private final Tariff tariff = new Tariff();
    private MachineOrder order;
    private Optional<Upgrade> upgrade = Optional.empty();
    private HeldState held = HeldState.NONE;
    private Optional<Instant> destroyed = Optional.empty();

    private record Upgrade(ObjectNode plan, Instant shownFrom) {}

    Machine(String id, MachineOrder order, String address, Instant created) {
        this.id = id;
        this.order = order;
        this.address = address;
        this.created = created;
        this.power = new Power(id);
        this.boot = switch (order.kind()) {
            case INSTANCE -> BootTimes.ofInstance(id, order.hourlyInvoiced());
            case BARE_METAL -> BootTimes.ofBareMetal(id);
        };
        tariff.begin(order.plan(), order.text("region"), created);
    }

    String id() {
        return id;
    }

    MachineKind kind() {
        return order.kind();
    }

    /** With all that was changed since, as far as it shows. */
    MachineOrder order(Instant now) {
        return upgrade.filter(to -> !now.isBefore(to.shownFrom())).map(to -> order.onPlan(to.plan())).orElse(order);
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
                status(now),
                power.status(now),
                serverStatus(now),
                mainIp(now)));
    }

    void hold(HeldState state) {
        held = state;
    }

    /** Label, tags or user data. */
    void change(JsonNode fields) {
        order = order.with(fields);
    }

    /**
     * Another plan, which is paid for at once and shows later; until then the machine is locked.
     *
     * @throws Refused while it is locked
     */
    void upgrade(ObjectNode plan, Instant now, Instant shownFrom) {
        state(now).requireUnlocked("upgrade");
        order = order(now);
        upgrade = Optional.of(new Upgrade(plan, shownFrom));
        tariff.begin(plan, order.text("region"), now);
    }

    /** @throws Refused while it is locked */
    void turn(boolean on, String verb, Instant now) {
        state(now).requireUnlocked(verb);
        power.turn(on, now);
    }

    /** @throws Refused while it is still being set up, or moved to another plan */
    void destroy(Instant now) {
        state(now).requireDestructible();
        destroyed = Optional.of(now);
    }

    /** Running or not. */
    BigDecimal charged(Instant now) {
        return tariff.charged(destroyed.orElse(now));
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
        MachineOrder current = order(now);
        return new SimulatedMachine(
                id,
                current.kind(),
                current.text("plan"),
                current.text("region"),
                current.text("label"),
                current.tags(),
                current.text("user_data"),
                created,
                destroyed,
                power.status(now),
                charged(now));
    }

    /** Looks like a secret, so that a leak can be found by looking for it. */
    String secret(String kind) {
        return kind + "-" + Integer.toHexString((kind + id).hashCode()) + "{Fk#";
    }

    private String status(Instant now) {
        if (upgrading(now)) {
            return MachineState.RESIZING;
        }
        return passed(boot.active(), now) ? MachineState.ACTIVE : MachineState.PENDING;
    }

    private boolean upgrading(Instant now) {
        return upgrade.filter(to -> now.isBefore(to.shownFrom())).isPresent();
    }

    private String serverStatus(Instant now) {
        if (upgrading(now)) {
            return MachineState.LOCKED;
        }
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
