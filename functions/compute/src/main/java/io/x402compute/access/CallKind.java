package io.x402compute.access;

import java.util.Locale;

/** The kinds of calls, each with an allowance of its own. */
public enum CallKind {
    /** Looks at what is there. */
    READS,
    /** Makes, buys, changes or ends something. */
    WRITES;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
