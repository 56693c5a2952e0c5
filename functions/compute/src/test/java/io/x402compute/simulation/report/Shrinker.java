package io.x402compute.simulation.report;

import java.util.Optional;
import java.util.function.Predicate;

import io.x402compute.simulation.History;
import io.x402compute.simulation.History.Outcome;
import io.x402compute.simulation.Script;
import io.x402compute.simulation.actor.Deed;
import io.x402compute.simulation.check.Broken;
import io.x402compute.simulation.check.Rule;
import io.x402compute.simulation.world.Mishap;

/** Leaves out of a failing history whatever it still fails without: first what was done, then what went wrong by itself. */
public final class Shrinker {
    private final Rule rule;

    private Shrinker(Rule rule) {
        this.rule = rule;
    }

    /** The same failure with less in it. */
    public static Script shrunk(Script failing, Rule rule) {
        return new Shrinker(rule).shrink(failing);
    }

    private Script shrink(Script failing) {
        Script smallest = failing;
        boolean smaller = true;
        while (smaller) {
            Script before = smallest;
            for (Deed deed : before.deeds()) {
                smallest = tried(smallest.without(deed), smallest);
            }
            for (Mishap mishap : History.live(smallest, false).mishaps()) {
                smallest = tried(smallest.sparing(mishap), smallest);
            }
            smaller = !smallest.equals(before);
        }
        return smallest;
    }

    private Script tried(Script less, Script otherwise) {
        return stillFails(less) ? less : otherwise;
    }

    private boolean stillFails(Script script) {
        Outcome outcome = History.live(script, false);
        Optional<Rule> broken = outcome.broken().map(Broken::rule);
        return broken.filter(Predicate.isEqual(rule)).isPresent();
    }
}
