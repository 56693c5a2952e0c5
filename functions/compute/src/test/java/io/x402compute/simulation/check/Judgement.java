package io.x402compute.simulation.check;

import java.time.Instant;

import io.x402compute.simulation.actor.Journal;
import io.x402compute.simulation.world.World;

/** All the checks of a history that has come to rest. */
public final class Judgement {
    private final PaymentChecks payments;
    private final MachineChecks machines;
    private final EventChecks events;
    private final AutoExtendChecks extensions;

    public Judgement(World world, Journal journal, Watch watch, Instant stormUntil) {
        this.payments = new PaymentChecks(world, journal, watch);
        this.machines = new MachineChecks(world, journal, stormUntil);
        this.events = new EventChecks(world, journal, watch);
        this.extensions = new AutoExtendChecks(world, journal);
    }

    /** Some time after the last thing went wrong. */
    public void whenCalm() {
        payments.soFar();
        machines.all();
        events.passwords();
    }

    /** When every lease is over. */
    public void atTheEnd() {
        payments.all();
        machines.allAreGone();
        extensions.all();
        events.events();
        events.passwords();
    }

    /** What a function threw that nothing outside explains. */
    public static Broken unexplained(Throwable thrown) {
        Broken broken = new Broken(Rule.ERRORS, thrown.toString());
        broken.initCause(thrown);
        return broken;
    }
}
