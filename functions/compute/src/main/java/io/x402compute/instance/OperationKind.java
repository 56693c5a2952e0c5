package io.x402compute.instance;

import java.util.Locale;

/** What an owner can have done to a machine that is up. */
public enum OperationKind {
    /** Switch it on. */
    START,
    /** Switch it off, hard. Its prepaid time goes on. */
    STOP,
    /** Switch it off and on again, hard. */
    REBOOT,
    /** Move it to a larger plan, for which its prepaid time is exchanged. */
    RESIZE;

    /** The word clients know it by. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether doing it twice comes to the same as doing it once. */
    boolean isRepeatable() {
        return this == START || this == STOP;
    }
}
