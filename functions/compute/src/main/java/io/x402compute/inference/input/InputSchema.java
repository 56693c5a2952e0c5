package io.x402compute.inference.input;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.inference.outside.OutsideUrls;

/** What a service takes. Immutable. */
public final class InputSchema {
    private final ObjectNode schema;
    private final Rule rule;

    private InputSchema(ObjectNode schema, Rule rule) {
        this.schema = schema;
        this.rule = rule;
    }

    /**
     * Reads a schema of ours.
     *
     * @throws IllegalArgumentException for a word that is not read here
     */
    public static InputSchema of(ObjectNode schema) {
        return new InputSchema(schema.deepCopy(), Rule.of(schema));
    }

    /**
     * The same input with its defaults.
     *
     * @param name of the field of the request in which it was sent
     * @param urls those that it may name
     * @throws ApiException 400 {@code missing_field} or {@code invalid_field}, naming the field from {@code name} on
     */
    public ObjectNode complete(String name, ObjectNode input, OutsideUrls urls) {
        return (ObjectNode) rule.complete(name, input, urls);
    }

    /** For callers, in JSON Schema. */
    public ObjectNode toJson() {
        return schema.deepCopy();
    }
}
