package io.x402compute.inference;

/** What matters most to whoever asks, where a service has several upstreams. */
public enum Priority {
    /** The shortest wait. */
    FAST,
    /** The least that the operator pays for it. */
    CHEAP
}
