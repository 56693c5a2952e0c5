package io.x402compute.contract;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What one route takes, with nothing left to look up elsewhere in the document.
 *
 * @param parameters in the contract's order
 * @param body JSON Schema of the body; empty for a route that reads none
 */
public record Operation(Route route, List<Parameter> parameters, Optional<ObjectNode> body) {

    /**
     * Something that stands beside the body.
     *
     * @param isRequired whether there is no request without it
     * @param schema JSON Schema of it, with its description
     */
    public record Parameter(String name, In in, boolean isRequired, ObjectNode schema) {}

    /** Where parameters stand. */
    public enum In {
        PATH, QUERY, HEADER
    }
}
