package io.x402compute.x402.solana;

/** Leaves the decoder at the first thing that is wrong. Never leaves this package. */
final class UndecodableTransaction extends Exception {
    private static final long serialVersionUID = 1;

    UndecodableTransaction(String why) {
        super(why, null, false, false);
    }
}
