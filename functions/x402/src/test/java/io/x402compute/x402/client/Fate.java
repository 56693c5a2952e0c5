package io.x402compute.x402.client;

/** What happens at one step of a purchase: a sending, or an entry in the journal, which knows only the first five. */
enum Fate {
    FINE,
    /** The process dies, and nothing has happened. */
    CRASH_BEFORE,
    /** It has happened, and the process dies before it knows. */
    CRASH_AFTER,
    /** It fails. */
    LOST_BEFORE,
    /** It happens, and seems to have failed. */
    LOST_AFTER,
    /** The seller is too busy to look. */
    BUSY,
    /** The seller has taken the payment, and says so later. */
    PENDING,
    /** The seller refuses what it has not taken before. */
    REFUSED
}
