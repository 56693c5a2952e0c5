package io.x402compute.local.template;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A resource.
 *
 * @param id its logical id
 * @param properties with every intrinsic resolved
 */
record Resource(String id, JsonNode properties) {}
