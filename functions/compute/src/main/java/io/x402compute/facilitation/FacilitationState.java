package io.x402compute.facilitation;

/** How far a payment of somebody else's has come. The arrows between the states are the methods of {@link Facilitation}. */
public enum FacilitationState {
    /** Taken in; nothing has been sent. */
    OPEN,
    /** Its handle is stored and its transfer may be out. */
    SENT,
    /** The receiver has the money. */
    SETTLED,
    /** Nothing has moved. Without a handle nothing was even sent, and the payment may be presented again. */
    REFUSED
}
