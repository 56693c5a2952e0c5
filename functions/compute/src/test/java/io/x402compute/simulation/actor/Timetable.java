package io.x402compute.simulation.actor;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.Machine;
import io.x402compute.simulation.world.Functions;
import io.x402compute.simulation.world.Site;
import io.x402compute.simulation.world.World;

/**
 * The schedules. In bad weather a tick may come twice or not at all; a tick that would find nothing to do is mostly left out, for
 * most of a history is waiting.
 */
public final class Timetable {
    private static final double MISSED = 0.05;
    private static final double DOUBLED = 0.05;
    private static final double FOR_NOTHING = 0.05;

    private final World world;
    private final SplittableRandom random;

    public Timetable(World world, long seed) {
        this.world = world;
        this.random = new SplittableRandom(~seed);
    }

    public void begin(Functions functions) {
        every(Duration.ofMinutes(1), "ResumeOrders", Platform.MINUTELY, () -> world.ledger().isAnythingDue(),
                functions::resumeOrders);
        every(Duration.ofMinutes(1), "ExpireInstances", Platform.MINUTELY, () -> world.instances().isAnythingDue(),
                functions::expireInstances);
        every(Duration.ofMinutes(1), "WorkJobs", Platform.MINUTELY, () -> world.jobs().isAnythingDue(),
                functions::workJobs);
        every(Duration.ofMinutes(10), "ReconcileProvider", Platform.RECONCILIATION, this::isInDisagreement,
                functions::reconcileProvider);
    }

    private void every(Duration period, String name, Duration timeout, BooleanSupplier work,
            Consumer<Instant> function) {
        long next = world.scheduler().millis() + period.toMillis();
        world.scheduler().at(next, () -> {
            boolean stormy = !world.weather().isCalm();
            double luck = random.nextDouble();
            boolean missed = stormy && luck < MISSED;
            if (!missed && (work.getAsBoolean() || (stormy && luck > 1 - FOR_NOTHING))) {
                run(name, timeout, function);
                if (stormy && luck < MISSED + DOUBLED) {
                    run(name + " again", timeout, function);
                }
            }
            every(period, name, timeout, work, function);
        });
    }

    private void run(String name, Duration timeout, Consumer<Instant> function) {
        long now = world.scheduler().millis();
        world.scheduler().start(name, now, () -> Platform.schedule(world, timeout, function));
    }

    private boolean isInDisagreement() {
        return !world.reconciliation().isAtRest()
                || world.provider().sites().stream().anyMatch(site -> site.isLive() && site.isOurs() && !isNamed(site))
                || world.instances().all().stream().anyMatch(this::lacksItsMachine);
    }

    private boolean isNamed(Site site) {
        return world.instances().all().stream().anyMatch(instance -> !instance.state().isFinal()
                && instance.machine().filter(machine -> machine.providerId().equals(site.id())).isPresent());
    }

    private boolean lacksItsMachine(Instance instance) {
        return instance.state() == InstanceState.ACTIVE && instance.machine().map(Machine::providerId)
                .filter(id -> world.provider().sites().stream().anyMatch(site -> site.isLive() && site.id().equals(id)))
                .isEmpty();
    }
}
