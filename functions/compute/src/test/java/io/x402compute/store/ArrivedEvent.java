package io.x402compute.store;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event as a consumer of the bus sees it.
 *
 * @param time in whole seconds, as EventBridge passes it on
 */
public record ArrivedEvent(String source, String type, Instant time, JsonNode detail) {}
