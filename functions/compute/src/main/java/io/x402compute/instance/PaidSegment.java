package io.x402compute.instance;

import io.x402compute.x402.protocol.Usdc;

/**
 * A stretch of prepaid time.
 *
 * @param orderId who bought it, so that one order lengthens a life once
 * @param hours how long
 * @param hourly what an hour of it cost
 */
public record PaidSegment(String orderId, int hours, Usdc hourly) {

    public Usdc amount() {
        return hourly.times(hours);
    }
}
