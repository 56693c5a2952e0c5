package io.x402compute.inference;

/** How long a service takes. */
public enum Work {
    /** Twenty seconds at most: whoever asks can wait for it, and it is run before its payment is settled. */
    BOUNDED,
    /** Minutes: paid first, run from the queue, asked for later. */
    QUEUED
}
