package io.x402compute.local.template;

/**
 * A route of the HTTP API.
 *
 * @param key method and path template, {@code GET /things/{id}}, or {@code $default}
 * @param functionId the function behind its integration
 */
public record Route(String key, String functionId) {}
