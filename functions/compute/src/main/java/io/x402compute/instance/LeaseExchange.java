package io.x402compute.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.x402compute.x402.protocol.Usdc;

/**
 * What becomes of prepaid time when its machine gets another price: the unused part of each segment is exchanged for as much
 * time as its value buys at that price. What a segment loses by rounding is less than a second is worth.
 *
 * @param segments used parts as they were, then unused ones exchanged, in their order
 * @param unused how much time there was left
 * @param exchanged how much there is left now
 * @param credit what the unused time was worth, at the prices it was bought at
 */
public record LeaseExchange(List<PaidSegment> segments, Duration unused, Duration exchanged, Usdc credit) {

    /** When the last of the segments is over. */
    public Instant end(Instant start) {
        return start.plus(segments.stream().map(PaidSegment::length).reduce(Duration.ZERO, Duration::plus));
    }

    /**
     * Exchanges what is unused at that moment.
     *
     * @param start when the first of the segments began; each begins where the one before it ends
     * @param at the second that has begun by then is unused
     */
    static LeaseExchange of(List<PaidSegment> segments, Instant start, Instant at, Usdc hourly) {
        List<PaidSegment> exchanged = new ArrayList<>();
        long used = Math.max(0, Duration.between(start, at).toSeconds());
        long before = 0;
        long after = 0;
        Usdc credit = Usdc.ZERO;
        for (PaidSegment segment : segments) {
            long length = segment.length().toSeconds();
            long usedOfIt = Math.min(used, length);
            used -= usedOfIt;
            if (usedOfIt > 0) {
                exchanged.add(segment.lasting(Duration.ofSeconds(usedOfIt)));
            }
            if (usedOfIt < length) {
                PaidSegment unused = segment.lasting(Duration.ofSeconds(length - usedOfIt));
                PaidSegment dearer = unused.exchangedAt(hourly);
                exchanged.add(dearer);
                before += unused.length().toSeconds();
                after += dearer.length().toSeconds();
                credit = credit.plus(unused.amount());
            }
        }
        return new LeaseExchange(List.copyOf(exchanged), Duration.ofSeconds(before), Duration.ofSeconds(after), credit);
    }
}
