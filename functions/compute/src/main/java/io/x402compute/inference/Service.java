package io.x402compute.inference;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.inference.input.InputSchema;

/**
 * Something that can be run.
 *
 * @param key by which it is called, and under which it is sold
 * @param name for people, in a few words
 * @param description for people, in a sentence or two
 * @param aliases other keys that are known for the same
 * @param outputs the keys of a result that callers can count on, though not all are in every one
 * @param example an input, for whoever looks at a service before calling it
 * @param candidates upstreams that can do it, the fastest first, whether or not there is one here
 */
public record Service(
        String key,
        String name,
        Category category,
        String description,
        List<String> aliases,
        Work work,
        Price price,
        Limits limits,
        InputSchema input,
        List<String> outputs,
        ObjectNode example,
        List<Candidate> candidates) {

    public Service {
        aliases = List.copyOf(aliases);
        outputs = List.copyOf(outputs);
        candidates = List.copyOf(candidates);
    }
}
