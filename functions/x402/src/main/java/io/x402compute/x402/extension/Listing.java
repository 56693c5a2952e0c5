package io.x402compute.x402.extension;

import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code bazaar}: how something that is sold is called, for catalogues of what can be bought. */
public sealed interface Listing permits Discovery, ToolDiscovery {

    /** What a 402 says, by extension. */
    Map<String, ObjectNode> declaration();

    /** What a version 1 offer says, in {@code outputSchema}. */
    ObjectNode outputSchema();
}
