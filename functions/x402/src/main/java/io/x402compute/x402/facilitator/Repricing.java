package io.x402compute.x402.facilitator;

/** The result of making a better offer for a settlement that is not mined; in every case nothing has left yet. */
public sealed interface Repricing {

    /**
     * The same transfer under the same number at a higher price. Either transaction may be the one that is mined, so what became of
     * the payment is read from its token.
     */
    record Repriced(SettlementHandle handle) implements Repricing {}

    /** The handle stays as it is: a better price would change nothing, or is not to be had. */
    record Kept(String why) implements Repricing {}
}
