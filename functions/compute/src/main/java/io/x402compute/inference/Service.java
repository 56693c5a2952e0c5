package io.x402compute.inference;

import java.util.List;

/**
 * Something that can be run.
 *
 * @param key by which it is called, and under which it is sold
 * @param aliases other keys that are known for the same
 */
public record Service(String key, String name, Category category, List<String> aliases, Work work) {

    public Service {
        aliases = List.copyOf(aliases);
    }
}
