package io.x402compute.x402.facilitator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** What a facilitator supports, asked when it is needed and not again for a while. */
final class SupportDiscovery {
    static final Duration FRESH = Duration.ofMinutes(10);
    /** Through an outage what was known before is believed: it seldom changes. */
    static final Duration BELIEVED = Duration.ofHours(24);
    /** Who did not answer is left alone for so long. */
    static final Duration BETWEEN_FAILURES = Duration.ofSeconds(15);

    private final Supplier<Discovery> ask;
    private final Clock clock;
    private volatile Known known = new Known(new Discovery.Failed("not asked yet"), Instant.MIN, Instant.MIN);

    /**
     * @param asked when the list is from
     * @param askAgain until then it is not asked for again
     */
    private record Known(Discovery discovery, Instant asked, Instant askAgain) {}

    /** @param ask asks the facilitator */
    SupportDiscovery(Supplier<Discovery> ask, Clock clock) {
        this.ask = ask;
        this.clock = clock;
    }

    Discovery kinds() {
        Known now = known;
        return clock.instant().isBefore(now.askAgain()) ? now.discovery() : asked();
    }

    private synchronized Discovery asked() {
        Instant now = clock.instant();
        if (!now.isBefore(known.askAgain())) {
            known = switch (ask.get()) {
                case SupportedKinds kinds -> new Known(kinds, now, now.plus(FRESH));
                case Discovery.Failed failed -> new Known(isBelieved(now) ? known.discovery() : failed, known.asked(),
                        now.plus(BETWEEN_FAILURES));
            };
        }
        return known.discovery();
    }

    private boolean isBelieved(Instant now) {
        return known.discovery() instanceof SupportedKinds && now.isBefore(known.asked().plus(BELIEVED));
    }
}
