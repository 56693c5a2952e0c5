package io.x402compute.bench;

import java.time.Duration;

/** One way to do the work that is compared. */
interface Contender {

    /** Does it again and again for that long, on one thread, and says how often it was done in a second. */
    double perSecond(Duration time);

    /** Work of this process. What it finds out must be used, or the compiler may leave the work out. */
    static Contender of(Work work) {
        return time -> {
            long start = System.nanoTime();
            long end = start + time.toNanos();
            int done = 0;
            long now = start;
            while (now < end) {
                if (!work.succeeds(done)) {
                    throw new AssertionError("number " + done + " failed");
                }
                done++;
                now = System.nanoTime();
            }
            return done * (double) Duration.ofSeconds(1).toNanos() / (now - start);
        };
    }

    /** The work, once. */
    interface Work {
        boolean succeeds(int number);
    }
}
