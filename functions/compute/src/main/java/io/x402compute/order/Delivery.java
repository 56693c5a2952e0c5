package io.x402compute.order;

import io.x402compute.instance.Instance;

/** How far what was bought has come to its buyer. */
public sealed interface Delivery {

    record Done() implements Delivery {}

    record Underway() implements Delivery {}

    /** It will not come: the money is owed back. */
    record Impossible(RefundReason reason) implements Delivery {}

    /** What the buyer of this machine, or of time for it, has of it. */
    static Delivery of(Instance instance) {
        return switch (instance.outcome()) {
            case PROVISIONING -> new Underway();
            // One that its owner destroyed was delivered for what it was paid, and so was time after which it was over.
            case ACTIVE, TERMINATING, DESTROYED, EXPIRED -> new Done();
            case FAILED -> instance.termination().filter(end -> end.unused().isEmpty())
                    .<Delivery>map(end -> new Impossible(RefundReason.ofFailure(end.reason())))
                    // It was up until it vanished; what was left by then is credited as unused time.
                    .orElseGet(Done::new);
        };
    }
}
