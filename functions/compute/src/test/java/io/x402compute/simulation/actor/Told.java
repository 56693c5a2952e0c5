package io.x402compute.simulation.actor;

import java.time.Instant;

/** An answer to a paid request, and between which moments it was made. */
public record Told(Instant askedAt, Instant heardAt, Answer answer) {}
