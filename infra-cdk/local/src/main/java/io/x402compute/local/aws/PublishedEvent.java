package io.x402compute.local.aws;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event that a function published.
 *
 * @param time what the publisher said, else when it arrived
 * @param bus the event bus's name
 */
public record PublishedEvent(String id, Instant time, String bus, String source, String detailType, JsonNode detail) {}
