package io.x402compute.instance;

import java.util.Locale;

/** Why a machine should not be at the provider. */
public enum OrphanReason {
    /** Nobody knows of it. */
    NO_INSTANCE,
    /** The instance it was made for is closed. */
    INSTANCE_ENDED,
    /** The instance it was made for has another machine. */
    EXTRA_MACHINE,
    /** Its instance should have been expired. */
    LEASE_OVER;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
