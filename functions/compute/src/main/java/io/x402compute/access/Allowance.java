package io.x402compute.access;

/**
 * What somebody has left of his calls of one kind.
 *
 * @param kind as it stands in headers
 * @param quota calls of one window
 * @param used of them, perhaps more than there are
 * @param windowSeconds how long a window lasts
 * @param secondsLeft until the next window begins, 1 or more
 */
record Allowance(String kind, int quota, long used, long windowSeconds, long secondsLeft) {

    boolean isExceeded() {
        return used > quota;
    }

    /** For the header {@code RateLimit-Policy}, as draft-ietf-httpapi-ratelimit-headers-10 has it. */
    String policyHeader() {
        return "\"%s\";q=%d;w=%d".formatted(kind, quota, windowSeconds);
    }

    /** For the header {@code RateLimit} of the same draft. */
    String header() {
        return "\"%s\";r=%d;t=%d".formatted(kind, Math.max(0, quota - used), secondsLeft);
    }
}
