package io.x402compute.vultr;

/**
 * Why a call brought no usable answer.
 *
 * @param why for operators; never holds a key or a body
 */
public record Failure(Kind kind, String why) {

    /** Who has to do something about it. */
    public enum Kind {
        /** The operator: 401 or 403, such as a wrong key or one that is not allowed from this IP address. */
        CONFIGURATION,
        /** Whoever built the request: any other 4xx. */
        REFUSED,
        /** Nobody, it was too early: 429, or our own pace. */
        THROTTLED,
        /** Nobody, the provider is not well: 5xx, no connection, no answer in time, or one that cannot be read. */
        UNAVAILABLE
    }

    static Failure unavailable(String why) {
        return new Failure(Kind.UNAVAILABLE, why);
    }
}
