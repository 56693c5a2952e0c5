package io.x402compute.page;

import java.time.Instant;
import java.util.UUID;

/**
 * A place in a list that is newest first: that of its row. Rows of the same instant are told apart by their id.
 *
 * @param createdAt exact to the millisecond
 */
public record Place(Instant createdAt, UUID id) {}
