package io.x402compute.handler;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.mcp.ToolReport;

/** One log line for each tool that was called: the line of the request says no more than that there was an answer. */
final class ToolLog implements ToolReport {
    @Override
    public void served(String tool, ApiResponse answer, String requestId) {
        ObjectNode line = Json.object().put("request_id", requestId).put("route", "Tool").put("tool", tool)
                .put("status", answer.status());
        if (answer.body().path("code").isTextual()) {
            line.set("code", answer.body().get("code"));
        }
        LambdaRuntime.getLogger().log(Json.write(line));
    }
}
