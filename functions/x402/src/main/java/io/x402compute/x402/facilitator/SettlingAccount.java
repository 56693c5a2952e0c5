package io.x402compute.x402.facilitator;

import java.util.OptionalLong;

/**
 * The account whose transactions settle payments. A chain takes an account's transactions in the order of their numbers, so a
 * number that was taken and never sent holds up every settlement after it.
 */
public interface SettlingAccount {

    /** The name under which {@link SignerNonces} counts its transactions. */
    String signer();

    /** The number the chain mines next: those after it wait for it. Empty while the chain cannot be asked. */
    OptionalLong nextNumber();

    /**
     * Uses a number up for nothing, so that the ones after it can pass; again, for more, if that was not enough. If its taker did
     * send a transaction after all, the chain takes one of them, and the other is refused.
     */
    void skip(long number);
}
