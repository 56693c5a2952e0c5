package io.x402compute.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.x402compute.simulation.schedule.Actor;
import io.x402compute.simulation.schedule.Scheduler;

/** Lets things go wrong for whoever has the turn, until it calms down for good. */
public final class Weather {
    private final Scheduler scheduler;
    private final Set<Mishap> spared;
    private final Trace trace;
    private final List<Mishap> happened = new ArrayList<>();
    private Climate climate;
    private final boolean truthful;
    private boolean calm;

    Weather(Scheduler scheduler, Climate climate, Set<Mishap> spared, Trace trace) {
        this.scheduler = scheduler;
        this.climate = climate;
        this.spared = spared;
        this.trace = trace;
        this.truthful = climate.staleness() == 0;
    }

    /** Whether functions have always seen the catalogue as it is. */
    public boolean wasTruthful() {
        return truthful;
    }

    public Climate climate() {
        return climate;
    }

    public boolean isCalm() {
        return calm;
    }

    /** From now on everything works. */
    public void calmDown() {
        calm = true;
        climate = climate.calm();
    }

    /** Whether that goes wrong now. */
    public boolean strikes(double chance, String what) {
        Actor actor = scheduler.running();
        int draw = actor.nextDraw();
        if (actor.random().nextDouble() >= chance || calm) {
            return false;
        }
        Mishap mishap = new Mishap(actor.name(), draw, what);
        if (spared.contains(mishap)) {
            return false;
        }
        happened.add(mishap);
        trace.note(() -> "!! " + what);
        return true;
    }

    /** A number from 0 up to that, drawn by whoever has the turn. */
    public int pick(int bound) {
        return scheduler.running().random().nextInt(bound);
    }

    /** Takes as long as a call over the network does. */
    public void transit() {
        int luck = pick(100);
        if (luck >= 50) {
            boolean slow = scheduler.running().random().nextDouble() < climate.slowness();
            scheduler.pause(slow ? pick(8_000) : luck < 90 ? pick(60) : pick(900));
        } else {
            scheduler.pause(0);
        }
    }

    public List<Mishap> happened() {
        return happened;
    }
}
