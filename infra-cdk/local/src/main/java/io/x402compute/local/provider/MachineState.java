package io.x402compute.local.provider;

/**
 * How a machine is at one moment.
 *
 * @param powerStatus not shown by bare metal
 * @param serverStatus not shown by bare metal
 * @param mainIp {@code 0.0.0.0}, then empty, until there is one; bare metal starts with the latter
 */
record MachineState(String status, String powerStatus, String serverStatus, String mainIp) {
    static final String ACTIVE = "active";
    static final String PENDING = "pending";
    static final String RESIZING = "resizing";
    static final String LOCKED = "locked";

    /** Whether it has come up, whatever is done to it since. */
    boolean active() {
        return status.equals(ACTIVE) || status.equals(RESIZING);
    }

    /**
     * Checks that something else may be done to it.
     *
     * @param verb what is to be done
     * @throws Refused with the provider's words
     */
    void requireUnlocked(String verb) {
        if (serverStatus.equals(LOCKED)) {
            throw new Refused(500, "Unable to " + verb + " server: Server is currently locked");
        }
    }

    /** @throws Refused with the provider's words while it cannot be destroyed */
    void requireDestructible() {
        if (status.equals(PENDING)) {
            throw new Refused(500,
                    "Unable to destroy server: This subscription is not currently active, you cannot destroy it.");
        }
        if (serverStatus.equals(LOCKED)) {
            throw new Refused(500, "Unable to destroy server: Unable to remove VM: Server is currently locked");
        }
    }
}
