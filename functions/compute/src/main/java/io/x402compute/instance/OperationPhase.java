package io.x402compute.instance;

/** How far an operation has come. */
public enum OperationPhase {
    /** Certainly not carried out yet; to be asked for again. */
    DEFERRED("pending"),
    /** Asked for, or about to be: perhaps carried out. */
    SENT("pending"),
    /** The provider has taken it, and does not show it yet. */
    ACCEPTED("pending"),
    DONE("done"),
    FAILED("failed");

    private final String status;

    OperationPhase(String status) {
        this.status = status;
    }

    /** The word clients know it by. */
    public String status() {
        return status;
    }

    boolean isPending() {
        return this == DEFERRED || this == SENT || this == ACCEPTED;
    }
}
