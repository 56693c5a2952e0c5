package io.x402compute.inference;

import java.time.Duration;

/**
 * What a run may take.
 *
 * @param time from when it begins; 20 seconds for what is bounded
 * @param outputBytes of a result with all its attachments
 */
public record Limits(Duration time, int outputBytes) {}
