package io.x402compute.inference.upstream;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One that the operator has.
 *
 * @param name by which the catalogue knows it
 * @param base to which paths are appended, without a slash at its end
 * @param key asked for at every request; empty for none, or while it cannot be read
 */
public record Upstream(String name, URI base, Supplier<Optional<String>> key) {

    /** Without the key. */
    @Override
    public String toString() {
        return "Upstream[" + name + "]";
    }
}
