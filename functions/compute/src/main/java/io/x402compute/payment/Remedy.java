package io.x402compute.payment;

/** How what is owed back is to be given back. Written down before it begins, so that it never happens in both ways. */
public enum Remedy {
    /** As credit of the payer. */
    CREDIT,
    /** As a transfer on the chain that it was paid on. */
    REFUND
}
