package io.x402compute.instance;

/**
 * What came of a step that asks somebody outside.
 *
 * @param latest the instance after it
 * @param answered whether whoever was asked said anything, whatever it was
 */
record Attempt(Instance latest, boolean answered) {

    static Attempt answered(Instance latest) {
        return new Attempt(latest, true);
    }

    static Attempt unanswered(Instance latest) {
        return new Attempt(latest, false);
    }
}
