package io.x402compute.inference;

/** How far a run is. */
public enum JobState {
    /** It waits for whoever works the queue off. */
    QUEUED,
    /** An upstream may be at it. */
    RUNNING, COMPLETED, FAILED,
    /** Its buyer wanted it no more before it had begun. */
    CANCELLED;

    public boolean isOver() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
}
