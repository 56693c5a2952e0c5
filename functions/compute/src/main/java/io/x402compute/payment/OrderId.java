package io.x402compute.payment;

import java.util.UUID;

/** One order: what one payment buys. */
public record OrderId(UUID value) {

    public static OrderId of(String text) {
        return new OrderId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
