package io.x402compute.mcp;

import io.x402compute.http.ApiResponse;

/** Hears of each tool that was called: to whoever counts answers, they are all 200. */
@FunctionalInterface
public interface ToolReport {

    /**
     * A call was answered.
     *
     * @param requestId of the request that the call came in
     */
    void served(String tool, ApiResponse answer, String requestId);
}
