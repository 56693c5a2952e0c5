package io.x402compute.local.provider;

import java.time.Duration;

/**
 * How long a machine takes after it was ordered, the same every time for the same id. Small machines were measured at 46 to
 * 73 s and bare metal at 10 to 30 minutes; nobody published figures for those with a GPU, which get 80 to 100 s here.
 *
 * @param active until it runs and has an address
 * @param unlocked until it can be destroyed
 * @param ready until it says so
 */
record BootTimes(Duration active, Duration unlocked, Duration ready) {
    private static final Duration LOCKED = Duration.ofSeconds(4);
    private static final int SPREAD = 28;

    static BootTimes ofInstance(String id, boolean gpu) {
        int spread = Math.floorMod(id.hashCode(), SPREAD);
        Duration ready = gpu ? Duration.ofSeconds(80 + spread * 20 / 27) : Duration.ofSeconds(46 + spread);
        Duration active = ready.dividedBy(2);
        return new BootTimes(active, active.plus(LOCKED), ready);
    }

    /** It tells of nothing between pending and active. */
    static BootTimes ofBareMetal(String id) {
        Duration active = Duration.ofMinutes(10).plusSeconds(Math.floorMod(id.hashCode(), SPREAD) * 40L);
        return new BootTimes(active, active, active);
    }

    /** From when on the address, which is not there yet, is shown as nothing at all. */
    Duration addressless() {
        return active.dividedBy(2);
    }
}
