package io.x402compute.order;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Random ids that begin with the time they were made at, to the millisecond: UUIDs of version 7 (RFC 9562, section 5.7). */
public final class TimeOrderedIds implements Supplier<UUID> {
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Clock clock;

    public TimeOrderedIds(Clock clock) {
        this.clock = clock;
    }

    @Override
    public UUID get() {
        // Made here: the state of an older source would be the same in everything restored from one snapshot.
        SecureRandom random = new SecureRandom();
        return new UUID((clock.millis() << 16) | VERSION | random.nextInt(0x1000), VARIANT | (random.nextLong() >>> 2));
    }
}
