package io.x402compute.x402.facilitator;

import java.net.URI;
import java.util.Map;

/** What a facilitator wants to see before it listens. */
@FunctionalInterface
public interface FacilitatorAuthorization {
    /** Most ask for nothing. */
    FacilitatorAuthorization NONE = (method, target) -> Map.of();

    /**
     * The headers of one request, made anew for each.
     *
     * @param method {@code GET} or {@code POST}
     * @param target the whole address
     */
    Map<String, String> headers(String method, URI target);
}
