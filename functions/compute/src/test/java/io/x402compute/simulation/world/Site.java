package io.x402compute.simulation.world;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.instance.MachineKind;
import io.x402compute.instance.VultrMachines;

/** A machine at the provider, as it really is. */
public final class Site {
    private final String id;
    private final MachineKind kind;
    private final String label;
    private final List<String> tags;
    private final Instant madeAt;
    private final Instant shownFrom;
    private final Instant upAt;
    private Optional<Instant> deletedAt = Optional.empty();
    private Optional<Instant> hiddenUntil = Optional.empty();
    private long busyUntil;
    private boolean on = true;

    Site(String id, MachineKind kind, String label, List<String> tags, Instant madeAt, Instant shownFrom,
            Instant upAt) {
        this.id = id;
        this.kind = kind;
        this.label = label;
        this.tags = tags;
        this.madeAt = madeAt;
        this.shownFrom = shownFrom;
        this.upAt = upAt;
    }

    public String id() {
        return id;
    }

    public MachineKind kind() {
        return kind;
    }

    /** The operation it was ordered under, if by us. */
    public String label() {
        return label;
    }

    List<String> tags() {
        return tags;
    }

    /** Whether it carries this deployment's tag. */
    public boolean isOurs() {
        return tags.contains(VultrMachines.tag(HostileProvider.DEPLOYMENT));
    }

    public Instant madeAt() {
        return madeAt;
    }

    /** When it stopped costing money. */
    public Optional<Instant> deletedAt() {
        return deletedAt;
    }

    public boolean isLive() {
        return deletedAt.isEmpty();
    }

    boolean isUp(Instant now) {
        return !now.isBefore(upAt);
    }

    boolean shows(Instant now) {
        return isLive() && !now.isBefore(shownFrom) && hiddenUntil.filter(now::isBefore).isEmpty();
    }

    boolean wasHidden() {
        return hiddenUntil.isPresent();
    }

    void hide(Instant until) {
        hiddenUntil = Optional.of(until);
    }

    boolean isBusy(long now) {
        return now < busyUntil;
    }

    void busy(long until) {
        busyUntil = until;
    }

    boolean isOn() {
        return on;
    }

    void power(boolean now) {
        on = now;
    }

    void delete(Instant now) {
        deletedAt = deletedAt.or(() -> Optional.of(now));
    }
}
