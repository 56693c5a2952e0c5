package io.x402compute.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.x402compute.simulation.schedule.Scheduler;

/** What happened, line by line; kept only for histories that are to be read. */
public final class Trace {
    private final Scheduler scheduler;
    private final boolean kept;
    private final List<String> lines = new ArrayList<>();

    Trace(Scheduler scheduler, boolean kept) {
        this.scheduler = scheduler;
        this.kept = kept;
    }

    /** One more line, made only if it is kept. */
    public void note(Supplier<String> what) {
        if (kept) {
            lines.add("%s  %-22s %s".formatted(scheduler.now().toString().substring(11), scheduler.running().name(),
                    what.get()));
        }
    }

    public List<String> lines() {
        return lines;
    }
}
