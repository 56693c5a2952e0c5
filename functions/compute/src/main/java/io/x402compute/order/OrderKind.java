package io.x402compute.order;

/** What an order buys. The name is stored with it. */
enum OrderKind {
    PROVISION,
    EXTEND
}
