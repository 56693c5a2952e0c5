package io.x402compute.facilitation;

/** What a call to settle is told. */
public sealed interface SettleOutcome {

    /** The receiver has the money, and this is the one call that is told so. */
    record Settled(String transaction) implements SettleOutcome {}

    /** Not for this call, and it will not be. */
    record Failed(String reason, String message, String transaction) implements SettleOutcome {}

    /** It may be under way: the same call may be made again. */
    record Pending(String transaction) implements SettleOutcome {}

    /** Nobody could be asked, and nothing was sent. */
    record Unavailable(String why) implements SettleOutcome {}
}
