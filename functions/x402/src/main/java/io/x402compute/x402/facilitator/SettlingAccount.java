package io.x402compute.x402.facilitator;

import java.util.OptionalLong;

/**
 * The account whose transactions settle payments. A chain takes an account's transactions in the order of their numbers, so a
 * number that was taken and never sent holds up every settlement after it.
 */
public interface SettlingAccount {

    /** The name under which {@link SignerNonces} counts its transactions. */
    String signer();

    /** The number the chain expects next, transactions that wait to be mined included; empty while it cannot be asked. */
    OptionalLong nextNumber();

    /**
     * Uses a number up for nothing, so that the ones after it can pass. If its taker did send a transaction after all, the
     * chain takes whichever comes first, and the other is refused.
     */
    void skip(long number);
}
