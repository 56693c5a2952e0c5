package io.x402compute.local.provider;

/**
 * A request the simulator got, without its body and headers.
 *
 * @param path below {@code /v2}, without the query
 * @param query as it was sent, empty without one
 */
public record LoggedRequest(String method, String path, String query) {}
