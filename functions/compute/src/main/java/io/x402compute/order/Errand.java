package io.x402compute.order;

import java.time.Instant;
import java.util.Optional;

import io.x402compute.inference.Job;
import io.x402compute.instance.Instance;

/**
 * One go at an order: until when, whether anybody can have been at it before, and what it has brought so far, so that whoever
 * answers need not read that again. Belongs to one request, or to one turn of the resumer.
 */
public final class Errand {
    private final Instant deadline;
    private final boolean first;
    private Optional<Instance> machine = Optional.empty();
    private Optional<Job> job = Optional.empty();

    private Errand(Instant deadline, boolean first) {
        this.deadline = deadline;
        this.first = first;
    }

    /** For whoever has just claimed the order: nothing of it is delivered. */
    static Errand first(Instant deadline) {
        return new Errand(deadline, true);
    }

    /** For whoever takes an order up that others may have been at. */
    static Errand again(Instant deadline) {
        return new Errand(deadline, false);
    }

    /** When whatever is begun must be over. */
    Instant deadline() {
        return deadline;
    }

    boolean isFirst() {
        return first;
    }

    void brought(Instance latest) {
        machine = Optional.of(latest);
    }

    void brought(Job latest) {
        job = Optional.of(latest);
    }

    /** The machine that the order is about, as it was last written; empty where this errand did not come so far. */
    Optional<Instance> machine() {
        return machine;
    }

    /** The same of the run that the order is of. */
    Optional<Job> job() {
        return job;
    }
}
