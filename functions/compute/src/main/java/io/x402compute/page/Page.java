package io.x402compute.page;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param rows newest first
 * @param next what the next page begins behind; empty when there is nothing more
 */
public record Page<T>(List<T> rows, Optional<Place> next) {

    public Page {
        rows = List.copyOf(rows);
    }
}
