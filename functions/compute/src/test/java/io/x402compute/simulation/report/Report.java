package io.x402compute.simulation.report;

import io.x402compute.simulation.History;
import io.x402compute.simulation.History.Outcome;
import io.x402compute.simulation.Script;
import io.x402compute.simulation.check.Broken;

/** A failing history, for people. */
public final class Report {
    private Report() {}

    /** What broke, the little that is needed to break it, and how to see it again. */
    public static String of(long seed) {
        Script whole = Script.of(seed);
        Broken broken = History.live(whole, false).broken()
                .orElseThrow(() -> new IllegalStateException("seed " + seed + " does not fail again"));
        Script small = Shrinker.shrunk(whole, broken.rule());
        Outcome outcome = History.live(small, true);
        Broken shown = outcome.broken().orElseThrow();
        StringBuilder text = new StringBuilder("seed ").append(seed).append(": ").append(shown.getMessage())
                .append("\n\nThe shortest history found that breaks it, of %d deeds (%d) and %d mishaps:%n%n"
                        .formatted(small.deeds().size(), whole.deeds().size(), outcome.mishaps().size()));
        outcome.trace().forEach(line -> text.append(line).append('\n'));
        text.append("\nAgain: -Dsimulation.seed=").append(seed);
        return text.toString();
    }
}
