package io.x402compute.instance;

import java.time.Duration;

import io.x402compute.x402.protocol.Usdc;

/**
 * A stretch of prepaid time.
 *
 * @param orderId who bought it, so that one order lengthens a life once
 * @param length how long, in whole seconds
 * @param hourly what an hour of it cost
 */
public record PaidSegment(String orderId, Duration length, Usdc hourly) {

    public PaidSegment {
        if (length.isNegative() || !length.equals(Duration.ofSeconds(length.toSeconds()))) {
            throw new IllegalArgumentException("not a number of whole seconds: " + length);
        }
    }

    /** As it is bought: by the hour. */
    public static PaidSegment ofHours(String orderId, int hours, Usdc hourly) {
        return new PaidSegment(orderId, Duration.ofHours(hours), hourly);
    }

    /** The same, for another time. */
    PaidSegment lasting(Duration other) {
        return new PaidSegment(orderId, other, hourly);
    }

    /** As much time as this was worth, at another price; rounded down to the second. */
    public PaidSegment exchangedAt(Usdc price) {
        return new PaidSegment(orderId,
                Duration.ofSeconds(hourly.times(length.toSeconds()).micros() / price.micros()), price);
    }

    /** What it cost, rounded down to the micro-USDC. */
    public Usdc amount() {
        return new Usdc(hourly.times(length.toSeconds()).micros() / Duration.ofHours(1).toSeconds());
    }
}
