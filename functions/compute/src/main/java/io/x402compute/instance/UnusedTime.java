package io.x402compute.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.x402compute.x402.protocol.Usdc;

/**
 * The prepaid time that was left when a machine's end was decided, in whole hours, and what it had cost. Time is used from the
 * oldest to the newest that was bought, so what is left is of the newest; the first hour counts as used in any case.
 *
 * @param hours how many
 * @param parts what each order is owed back for them, each order once and none of them nothing
 * @param owed whether the parts still have to be given back
 */
public record UnusedTime(long hours, List<Part> parts, boolean owed) {
    /** As much counts as used, however soon a machine ends. */
    public static final Duration LEAST_USED = Duration.ofHours(1);
    /** Only whole ones of these are given back. */
    public static final Duration UNIT = Duration.ofHours(1);

    /** What one order is given back. */
    public record Part(String orderId, Usdc amount) {}

    public UnusedTime {
        parts = List.copyOf(parts);
    }

    /** What is left of these segments at that moment. */
    static UnusedTime of(List<PaidSegment> segments, Instant createdAt, Instant expiresAt, Instant now) {
        Instant usedUntil = now.isBefore(createdAt.plus(LEAST_USED)) ? createdAt.plus(LEAST_USED) : now;
        long hours = Math.max(0, Duration.between(usedUntil, expiresAt).dividedBy(UNIT));
        Map<String, Usdc> parts = new LinkedHashMap<>();
        Duration left = UNIT.multipliedBy(hours);
        for (PaidSegment segment : segments.reversed()) {
            Duration unused = left.compareTo(segment.length()) < 0 ? left : segment.length();
            parts.merge(segment.orderId(), segment.lasting(unused).amount(), Usdc::plus);
            left = left.minus(unused);
        }
        List<Part> owing = parts.entrySet().stream()
                .filter(part -> part.getValue().compareTo(Usdc.ZERO) > 0)
                .map(part -> new Part(part.getKey(), part.getValue())).toList();
        return new UnusedTime(hours, owing, !owing.isEmpty());
    }

    UnusedTime givenBack() {
        return new UnusedTime(hours, parts, false);
    }

    /** All parts together. */
    public Usdc amount() {
        return parts.stream().map(Part::amount).reduce(Usdc.ZERO, Usdc::plus);
    }
}
