package io.x402compute.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiResponse;

/** Answers that are the same for everybody: the only ones that may be cached on the way. */
final class CatalogLists {
    private CatalogLists() {}

    static ApiResponse answer(ObjectNode body) {
        return ApiResponse.ok(body).withHeader("Cache-Control", "public, max-age=60");
    }
}
