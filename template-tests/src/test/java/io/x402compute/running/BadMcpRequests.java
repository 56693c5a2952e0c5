package io.x402compute.running;

import static io.x402compute.running.BadRequest.row;

import java.util.stream.Stream;

/** What is no message to the MCP server. What is wrong with a call of a tool is the result of the call, and no error. */
final class BadMcpRequests {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    private static final String INVALID = "invalid_request";

    private BadMcpRequests() {}

    static Stream<BadRequest> all() {
        return Stream.of(
                row("/mcp: asked for a stream", RequestDraft.get(ToolClient.PATH), 405, "method_not_allowed"),
                row("/mcp: end of a session", RequestDraft.delete(ToolClient.PATH), 405, "method_not_allowed"),
                row("/mcp: put", RequestDraft.request("PUT", ToolClient.PATH).saying(PING), 405,
                        "method_not_allowed"),
                row("/mcp: nothing", RequestDraft.post(ToolClient.PATH), 400, "invalid_json"),
                row("/mcp: an empty object", posted("{}"), 400, INVALID),
                row("/mcp: a batch", posted("[" + PING + "]"), 400, "invalid_json"),
                row("/mcp: another JSON-RPC", posted(PING.replace("2.0", "1.0")), 400, INVALID),
                row("/mcp: a version that is a number", posted(PING.replace("\"2.0\"", "2.0")), 400, INVALID),
                row("/mcp: no method", posted("{\"jsonrpc\":\"2.0\",\"id\":1}"), 400, INVALID),
                row("/mcp: id null", posted(PING.replace(":1", ":null")), 400, INVALID),
                row("/mcp: id a fraction", posted(PING.replace(":1", ":1.5")), 400, INVALID),
                row("/mcp: parameters in a list", posted(PING.replace("}", ",\"params\":[]}")), 400,
                        "invalid_params"),
                row("/mcp: half a character", posted(PING.replace("ping", "\\ud800")), 400, "invalid_json"),
                row("/mcp: a page of another origin", posted(PING).with("Origin", "https://evil.example"), 403,
                        "foreign_origin"),
                row("/mcp: a page of nowhere", posted(PING).with("Origin", "null"), 403, "foreign_origin"),
                row("/mcp: a version that had sessions",
                        posted(PING).with("MCP-Protocol-Version", "2024-11-05"), 400,
                        "unsupported_protocol_version"));
    }

    private static RequestDraft posted(String body) {
        return RequestDraft.post(ToolClient.PATH, body);
    }
}
