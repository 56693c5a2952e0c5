package io.x402compute.order;

import io.x402compute.payment.Claim;

/** What an order buys. The name is stored with it. */
public enum OrderKind {
    /** A machine. */
    PROVISION,
    /** More time for one. */
    EXTEND,
    /** Credit. */
    TOPUP,
    /** A run of a model. */
    RUN;

    public static OrderKind of(Claim claim) {
        return valueOf(claim.order().kind());
    }
}
