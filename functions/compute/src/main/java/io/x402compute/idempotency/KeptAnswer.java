package io.x402compute.idempotency;

import io.x402compute.http.ApiResponse;
import io.x402compute.store.Companion;

/**
 * The place for the answer to a request. A request whose answer cannot be had a second time writes it there together with
 * what it does; any other need not care, for its answer is written when it is given.
 *
 * <p>Not thread-safe: of one request.
 */
public interface KeptAnswer {

    /** The write of this answer, for whoever writes what it tells of. */
    Companion together(ApiResponse answer);

    /** For a request without a key. */
    static KeptAnswer nowhere() {
        return answer -> Companion.nobody();
    }
}
