package io.x402compute.local.template;

/**
 * How many requests a route takes: a bucket of {@code burst} tokens, refilled at that rate.
 *
 * @param requestsPerSecond {@code ThrottlingRateLimit}
 * @param burst {@code ThrottlingBurstLimit}
 */
public record Throttle(double requestsPerSecond, int burst) {}
