package io.x402compute.order;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.function.Supplier;

/** Ids that nobody can guess: UUIDs of version 4 (RFC 9562, section 5.4). */
public final class RandomIds implements Supplier<UUID> {
    private static final long VERSION = 0x4000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    @Override
    public UUID get() {
        // Made here: the state of an older source would be the same in everything restored from one snapshot.
        SecureRandom random = new SecureRandom();
        return new UUID((random.nextLong() & ~0xf000L) | VERSION, VARIANT | (random.nextLong() >>> 2));
    }
}
