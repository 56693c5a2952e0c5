package io.x402compute.instance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.x402compute.event.DomainEvent;

/** The next version of an instance, differing in what is named. */
final class InstanceChange {
    private final Instance from;
    private MachineSpec spec;
    private List<PaidSegment> segments;
    private InstanceState state;
    private Instant expiresAt;
    private Optional<ExpiryWarning> warning;
    private boolean extensionClaimed;
    private CreateProgress creation;
    private OneTimePassword password;
    private Optional<Machine> machine;
    private Optional<Termination> termination;
    private Optional<Operation> operation;
    private Optional<AutoExtend> autoExtend;
    private List<DomainEvent> pendingEvents;

    InstanceChange(Instance from) {
        this.from = from;
        this.spec = from.spec();
        this.segments = from.segments();
        this.state = from.state();
        this.expiresAt = from.expiresAt();
        this.warning = from.warning();
        this.extensionClaimed = from.extensionClaimed();
        this.creation = from.creation();
        this.password = from.password();
        this.machine = from.machine();
        this.termination = from.termination();
        this.operation = from.operation();
        this.autoExtend = from.autoExtend();
        this.pendingEvents = from.pendingEvents();
    }

    InstanceChange state(InstanceState next) {
        state = next;
        return this;
    }

    /** Longer by a segment, and so with another end to be warned of. */
    InstanceChange segment(PaidSegment added, Instant now) {
        segments = new ArrayList<>(segments);
        segments.add(added);
        expiresAt = expiresAt.plus(added.length());
        warning = ExpiryWarning.first(expiresAt, now);
        autoExtend = autoExtend.map(wanted -> wanted.lengthenedBy(added.orderId()));
        return this;
    }

    InstanceChange warning(Optional<ExpiryWarning> next) {
        warning = next;
        return this;
    }

    /** Another plan, and what the prepaid time comes to there. */
    InstanceChange plan(String other, LeaseExchange exchange, Instant now) {
        spec = spec.onPlan(other);
        segments = exchange.segments();
        expiresAt = exchange.end(from.createdAt());
        warning = ExpiryWarning.first(expiresAt, now);
        autoExtend = autoExtend.map(AutoExtend::atAnotherEnd);
        return this;
    }

    InstanceChange operation(Operation next) {
        operation = Optional.of(next);
        return this;
    }

    InstanceChange autoExtend(AutoExtend next) {
        autoExtend = Optional.of(next);
        return this;
    }

    InstanceChange extensionClaimed(boolean next) {
        extensionClaimed = next;
        return this;
    }

    InstanceChange creation(CreateProgress next) {
        creation = next;
        return this;
    }

    InstanceChange password(OneTimePassword next) {
        password = next;
        return this;
    }

    InstanceChange machine(Machine next) {
        machine = Optional.of(next);
        return this;
    }

    InstanceChange termination(Termination next) {
        termination = Optional.of(next);
        return this;
    }

    InstanceChange pendingEvents(List<DomainEvent> next) {
        pendingEvents = next;
        return this;
    }

    Instance build() {
        return new Instance(from.id(), from.owner(), spec, segments, state, from.createdAt(), expiresAt, warning,
                extensionClaimed, creation, password, machine, termination, operation, autoExtend,
                pendingEvents,
                from.version() + 1);
    }
}
