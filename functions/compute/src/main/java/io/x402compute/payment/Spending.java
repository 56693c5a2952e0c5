package io.x402compute.payment;

import io.x402compute.x402.protocol.Usdc;

/** What came of paying an order with credit. */
public sealed interface Spending {

    /** It is paid, now or before. */
    record Spent() implements Spending {}

    /** Others were changing the same wallet's credit all the time; nothing was taken, and it is worth asking again. */
    record Crossed() implements Spending {}

    /** There is less than that, and nothing was taken. */
    record Insufficient(Usdc available) implements Spending {}
}
