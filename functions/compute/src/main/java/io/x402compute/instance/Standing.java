package io.x402compute.instance;

import java.time.Instant;
import java.util.Optional;

/** By what right one of our machines is at the provider, going by its row as it is now. */
sealed interface Standing {

    /** Its row wants it there, or is already ending it. */
    record Allowed() implements Standing {}

    /** No row wants it, and none ever will. */
    record Orphan(OrphanReason reason) implements Standing {}

    /** Its time is over and nobody has ended it, which is the sweeper's to do. */
    record Overdue(Instance instance) implements Standing {}

    /**
     * Judges a machine. One whose row has no machine yet will be adopted, if it is the oldest that was made for it.
     *
     * @param oldest whether no older machine was made for the same instance
     * @param row the row that names this machine, or else that of the instance it was made for
     */
    static Standing of(ListedMachine machine, boolean oldest, Optional<Instance> row, Instant now) {
        if (row.isEmpty()) {
            return new Orphan(OrphanReason.NO_INSTANCE);
        }
        Instance instance = row.get();
        if (instance.state().isFinal()) {
            return new Orphan(OrphanReason.INSTANCE_ENDED);
        }
        boolean its = instance.machine().map(known -> known.providerId().equals(machine.providerId())).orElse(oldest);
        if (!its) {
            return new Orphan(OrphanReason.EXTRA_MACHINE);
        }
        return instance.state().isLive() && instance.isOver(now) ? new Overdue(instance) : new Allowed();
    }
}
