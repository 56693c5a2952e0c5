package io.x402compute.handler;

import io.x402compute.http.ApiResponse;

/** What the documents that tell strangers about this API have in common: they change when it is deployed, and not before. */
final class Documents {
    private Documents() {}

    static ApiResponse answer(ApiResponse document) {
        return document.withHeader("Cache-Control", "public, max-age=3600");
    }
}
