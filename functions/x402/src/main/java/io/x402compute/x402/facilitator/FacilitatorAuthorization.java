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
     * @throws NoKey when there is no key to make them with now: then that facilitator cannot be asked, and another can
     */
    Map<String, String> headers(String method, URI target);

    /** The key is missing, unreadable, or none. Says nothing of what it holds. */
    final class NoKey extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NoKey(String message) {
            super(message, null, false, false);
        }
    }
}
