package io.x402compute.instance;

import java.util.Locale;

/** Where a machine is in its life. The arrows between the states are the methods of {@link Instance}. */
public enum InstanceState {
    /** Ordered; being created or booting. */
    PROVISIONING,
    /** Up and usable. */
    ACTIVE,
    /** Its end was decided; deletion is asked of the provider until the machine is seen to be gone. */
    TERMINATING,
    /** Gone, at its owner's wish. */
    DESTROYED,
    /** Gone, because its prepaid time was over. */
    EXPIRED,
    /** Gone or never there: it could not be delivered. */
    FAILED;

    /** The word clients know it by. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its owner can still use, extend or destroy it. */
    public boolean isLive() {
        return this == PROVISIONING || this == ACTIVE;
    }

    public boolean isFinal() {
        return this == DESTROYED || this == EXPIRED || this == FAILED;
    }
}
