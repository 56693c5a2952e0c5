package io.x402compute.simulation.check;

/** An invariant does not hold. */
public final class Broken extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final Rule rule;

    Broken(Rule rule, String what) {
        super("%s is broken (%s): %s".formatted(rule, rule.text(), what));
        this.rule = rule;
    }

    public Rule rule() {
        return rule;
    }

    /** @param what a format */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    static void unless(boolean holds, Rule rule, String what, Object... about) {
        if (!holds) {
            throw new Broken(rule, what.formatted(about));
        }
    }
}
