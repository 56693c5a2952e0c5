package io.x402compute.instance;

import java.util.Locale;

/** Which of its two lists the provider keeps a machine in. */
public enum MachineKind {
    INSTANCE, BARE_METAL;

    /** The word in events and rows. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
