package io.x402compute.local.provider;

import java.time.Duration;

/**
 * How long a machine takes after it was ordered, the same every time for the same id. Small machines were measured at 46 to
 * 73 s; nobody published figures for those with a GPU, which get 80 to 100 s here.
 *
 * @param active until it runs and has an address
 * @param unlocked until it can be destroyed
 * @param ready until it says so
 */
record BootTimes(Duration active, Duration unlocked, Duration ready) {
    private static final Duration LOCKED = Duration.ofSeconds(4);

    static BootTimes of(String id, boolean gpu) {
        int spread = Math.floorMod(id.hashCode(), 28);
        Duration ready = gpu ? Duration.ofSeconds(80 + spread * 20 / 27) : Duration.ofSeconds(46 + spread);
        Duration active = ready.dividedBy(2);
        return new BootTimes(active, active.plus(LOCKED), ready);
    }
}
