package io.x402compute.simulation.check;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.PaidSegment;

/** What has to come back for time that was paid and not used, reckoned anew from the design. */
final class UnusedTimeDue {
    private static final Duration LEAST_USED = Duration.ofHours(1);

    private UnusedTimeDue() {}

    /**
     * Micro-USDC by order, newest first, each hour that was left whole.
     *
     * @param usedUntil when the machine was last of use
     */
    static Map<String, Long> byOrder(Instance instance, Instant usedUntil) {
        Instant least = instance.createdAt().plus(LEAST_USED);
        Instant used = usedUntil.isBefore(least) ? least : usedUntil;
        long hours = Math.max(0, Duration.between(used, instance.expiresAt()).toHours());
        Map<String, Long> due = new HashMap<>();
        for (PaidSegment segment : instance.segments().reversed()) {
            long back = Math.min(hours, segment.length().toHours());
            due.merge(segment.orderId(), back * segment.hourly().micros(), Long::sum);
            hours -= back;
        }
        return due;
    }

    /** Whether any is due: for one that its owner gave up, or that vanished after it was up. */
    static boolean isDue(Instance instance, boolean wasUp) {
        return switch (instance.outcome()) {
            case DESTROYED -> true;
            case FAILED -> wasUp;
            case PROVISIONING, ACTIVE, TERMINATING, EXPIRED -> false;
        };
    }

    /** Since when it was of no use, by what its row says: what vanished may have been missed before. */
    static boolean isCertain(Instance instance) {
        return instance.outcome() == InstanceState.DESTROYED;
    }
}
