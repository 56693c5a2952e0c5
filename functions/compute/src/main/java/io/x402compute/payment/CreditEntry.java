package io.x402compute.payment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import io.x402compute.x402.protocol.Usdc;

/**
 * Credit that a wallet was given for an order, or has spent on one. An order has one entry of each kind at most.
 *
 * @param amount above zero, whichever way it went
 * @param reason why, a machine code
 * @param createdAt exact to the millisecond
 */
public record CreditEntry(OrderId order, Kind kind, Usdc amount, String reason, Instant createdAt) {

    /** Which way the amount went. */
    public enum Kind {
        GIVEN, SPENT
    }

    /** The same for the same order and kind: what makes an entry the only one. */
    public UUID id() {
        return id(kind, order);
    }

    static UUID id(Kind kind, OrderId order) {
        return UUID.nameUUIDFromBytes((kind + "/" + order).getBytes(StandardCharsets.UTF_8));
    }
}
