package io.x402compute.simulation.check;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.Machine;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentState;
import io.x402compute.simulation.actor.Journal;
import io.x402compute.simulation.world.Site;
import io.x402compute.simulation.world.World;

/** No machine is left on the bill: once everything has come to rest. */
final class MachineChecks {
    /** The grace of an extension, two ticks, and a deletion that has to wait until the machine is booted. */
    private static final Duration TO_END = Duration.ofMinutes(10);
    /** From outside: a wrong deadline would be as wrong here. */
    private static final Duration TO_BOOT = Duration.ofMinutes(20);
    /** For what no row allows: the grace of the reconciler, and its passes. */
    private static final Duration TO_RECONCILE = Duration.ofMinutes(50);

    private final World world;
    private final Journal journal;
    private final Instant stormUntil;

    MachineChecks(World world, Journal journal, Instant stormUntil) {
        this.world = world;
        this.journal = journal;
        this.stormUntil = stormUntil;
    }

    /** When leases still run. */
    void all() {
        v2OneLiveMachinePerOperation();
        v3EachMachineHasARowThatAllowsIt();
        v7NothingThatIsDueIsLeftLying();
    }

    /** When every lease is over. */
    void allAreGone() {
        all();
        v4NoMachineOutlivesItsLease();
        v6ExtendedTimeWasTimeToUse();
        v8WhatEndedInTheOutageIsGoneToo();
    }

    private void v2OneLiveMachinePerOperation() {
        HashSet<String> operations = new HashSet<>();
        ours().filter(Site::isLive).forEach(site -> Broken.unless(operations.add(site.label()), Rule.V2,
                "%s has two machines", site.label()));
    }

    private void v3EachMachineHasARowThatAllowsIt() {
        ours().filter(Site::isLive).forEach(site -> Broken.unless(row(site).filter(row -> !row.state().isFinal())
                .isPresent(), Rule.V3, "%s has no row that allows it", site.id()));
        world.provider().sites().stream().filter(site -> journal.foreign().contains(site.id()))
                .forEach(site -> Broken.unless(site.isLive() || journal.vanished().contains(site.id()), Rule.V3,
                        "%s was somebody else's, and is gone", site.id()));
    }

    private void v4NoMachineOutlivesItsLease() {
        for (Site site : ours().toList()) {
            Instant wanted = row(site).map(this::wantedUntil).orElse(site.madeAt().plus(TO_RECONCILE));
            Instant until = later(wanted.plus(TO_END), stormUntil.plus(TO_END).plus(TO_RECONCILE));
            Broken.unless(site.deletedAt().filter(at -> !at.isAfter(until)).isPresent(), Rule.V4,
                    "%s was to go by %s and is billed until %s", site.id(), until, site.deletedAt());
        }
    }

    private void v6ExtendedTimeWasTimeToUse() {
        for (Claim claim : world.ledger().all()) {
            if (claim.state() == PaymentState.FULFILLED) {
                world.instances().all().stream()
                        .filter(instance -> instance.id().toString().equals(claim.order().subject())
                                && instance.outcome() == InstanceState.EXPIRED)
                        .forEach(this::wasThereUntilItsEnd);
            }
        }
    }

    private void wasThereUntilItsEnd(Instance instance) {
        Optional<Site> site = instance.machine().map(Machine::providerId).flatMap(this::site)
                .filter(made -> !journal.vanished().contains(made.id()));
        Broken.unless(site.flatMap(Site::deletedAt).filter(at -> at.isBefore(instance.expiresAt())).isEmpty(), Rule.V6,
                "%s was paid until %s and gone at %s", instance.id(), instance.expiresAt(),
                site.flatMap(Site::deletedAt));
    }

    private void v7NothingThatIsDueIsLeftLying() {
        Instant longAgo = world.now().minus(Duration.ofMinutes(3));
        world.instances().all().forEach(instance -> Broken.unless(
                instance.dueAt().filter(at -> at.isBefore(longAgo)).isEmpty(), Rule.V7, "%s is due since %s",
                instance.id(), instance.dueAt()));
        world.ledger().all().forEach(claim -> Broken.unless(
                claim.attendAt().filter(at -> at.isBefore(longAgo)).isEmpty(), Rule.V7, "order %s is due since %s",
                claim.order().orderId(), claim.attendAt()));
        Broken.unless(!world.reconciliation().isHalted(), Rule.V7, "the reconciler has halted");
        v7NoMachineIsWaitedForTooLong();
    }

    private void v7NoMachineIsWaitedForTooLong() {
        Instant longAgo = world.now().minus(TO_BOOT).minus(TO_END);
        world.instances().all().stream().filter(instance -> instance.state() == InstanceState.PROVISIONING)
                .forEach(instance -> Broken.unless(
                        instance.machine().filter(made -> made.createdAt().isBefore(longAgo)).isEmpty(), Rule.V7,
                        "%s is still waited for", instance.id()));
    }

    private void v8WhatEndedInTheOutageIsGoneToo() {
        world.instances().all().forEach(instance -> Broken.unless(instance.state().isFinal(), Rule.V8, "%s is still %s",
                instance.id(), instance.state()));
        List<Site> left = ours().filter(Site::isLive).toList();
        Broken.unless(left.isEmpty(), Rule.V8, "%d machines are left", left.size());
    }

    private Instant wantedUntil(Instance row) {
        return row.termination().map(end -> end.askedAt()).filter(at -> at.isBefore(row.expiresAt()))
                .orElse(row.expiresAt());
    }

    private Stream<Site> ours() {
        return world.provider().sites().stream().filter(Site::isOurs);
    }

    /** The row that names it. */
    private Optional<Instance> row(Site site) {
        return world.instances().all().stream().filter(instance -> instance.machine().map(Machine::providerId)
                .filter(site.id()::equals).isPresent()).findFirst();
    }

    private Optional<Site> site(String id) {
        return world.provider().sites().stream().filter(site -> site.id().equals(id)).findFirst();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
