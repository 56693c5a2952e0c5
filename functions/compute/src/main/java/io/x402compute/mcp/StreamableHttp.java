package io.x402compute.mcp;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.x402.extension.SignInOrigin;

/**
 * The transport "streamable HTTP" without what a server need not have: each message is a POST and its answer the body, in JSON; no
 * sessions, and no streams. See <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">the specification</a>.
 */
public final class StreamableHttp {
    private static final String POST = "POST";
    private static final String ORIGIN = "Origin";

    private final McpServer server;

    /**
     * Serves tools.
     *
     * @param routes by the name of the tool, who serves requests of its route
     */
    public StreamableHttp(Tools tools, Map<String, Function<ApiRequest, ApiResponse>> routes, ToolReport report) {
        this.server = new McpServer(tools, routes, report);
    }

    /**
     * Answers a request.
     *
     * @throws ApiException 405 for another method than POST, 403 {@code foreign_origin}, 400 {@code unsupported_protocol_version}
     */
    public ApiResponse answer(ApiRequest request) {
        if (!request.method().equals(POST)) {
            throw new ApiException(405, "method_not_allowed", "There are no streams and no sessions; POST a message")
                    .withHeader("Allow", POST);
        }
        requireOwnOrigin(request);
        requireKnownVersion(request);
        return switch (Message.read(request.body())) {
            case Message.Notice() -> accepted();
            case Message.Unreadable(JsonNode id, int code, String name, String text) ->
                ApiResponse.of(400, error(id, code, name, text, request));
            case Message.Request message -> switch (server.answer(message, request)) {
                case McpServer.Outcome.Result(Object result) ->
                    ApiResponse.ok(answer(message.id(), "result", result));
                case McpServer.Outcome.Failure(int code, String name, String text) ->
                    ApiResponse.ok(error(message.id(), code, name, text, request));
            };
        };
    }

    /** A page in a browser says where it is from. Ours are the only ones that are known here; programs say nothing. */
    private static void requireOwnOrigin(ApiRequest request) {
        Optional<String> origin = request.header(ORIGIN);
        if (origin.isPresent() && !origin.flatMap(SignInOrigin::of).equals(SignInOrigin.of(request.baseUrl()))) {
            throw new ApiException(403, "foreign_origin", "Pages of another origin are not served");
        }
    }

    /** Absent from the first message, and from clients of versions that did not know it. */
    private static void requireKnownVersion(ApiRequest request) {
        if (request.header(HttpHeaders.PROTOCOL_VERSION).filter(version -> !McpServer.VERSIONS.contains(version))
                .isPresent()) {
            throw ApiException.badRequest("unsupported_protocol_version",
                    HttpHeaders.PROTOCOL_VERSION + " must be one of " + String.join(", ", McpServer.VERSIONS));
        }
    }

    private static ApiResponse accepted() {
        return new ApiResponse(202, Map.of(), Json.object(), Optional.of(new ApiResponse.Content.Text("")));
    }

    private static ObjectNode error(JsonNode id, int code, String name, String text, ApiRequest request) {
        ObjectNode data = Json.object().put("code", name).put("request_id", request.requestId());
        return answer(id, "error", new JSONRPCError(code, text, data));
    }

    /** By hand: the record for it takes no null, by which JSON-RPC answers what had no id that could be read. */
    private static ObjectNode answer(JsonNode id, String kind, Object content) {
        ObjectNode answer = Json.object().put("jsonrpc", McpSchema.JSONRPC_VERSION);
        answer.set("id", id);
        answer.set(kind, Json.tree(content));
        return answer;
    }
}
