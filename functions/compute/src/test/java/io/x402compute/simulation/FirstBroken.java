package io.x402compute.simulation;

import java.util.function.LongFunction;

import io.x402compute.simulation.History.Outcome;

/** What the first of many histories to break anything breaks; reachable by name from outside its class loader. */
public final class FirstBroken implements LongFunction<String> {
    private final long first;

    /** @param first the number of the history to begin with */
    public FirstBroken(long first) {
        this.first = first;
    }

    /** The rule that is broken by the first failing one of so many histories; empty if none fails. */
    @Override
    public String apply(long histories) {
        for (long seed = first; seed < first + histories; seed++) {
            Outcome outcome = History.live(Script.of(seed), false);
            if (outcome.broken().isPresent()) {
                return outcome.broken().get().rule() + " in history " + seed;
            }
        }
        return "";
    }
}
