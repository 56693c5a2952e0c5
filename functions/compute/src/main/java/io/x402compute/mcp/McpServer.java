package io.x402compute.mcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.ProtocolVersions;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.x402.protocol.WireJson;

/**
 * Answers the requests of clients, each by itself: nothing is remembered from one to the next. What is wrong with a call of a tool is
 * the tool's result, which models get to read; what is wrong with the protocol is an error.
 */
final class McpServer {
    /** Newest first. All of those that have streamable HTTP. */
    static final List<String> VERSIONS = List.of(ProtocolVersions.MCP_2025_11_25, ProtocolVersions.MCP_2025_06_18,
            ProtocolVersions.MCP_2025_03_26);

    private static final String NAME = "x402compute";
    private static final String TITLE = "x402Compute";
    private static final String VERSION = "1";

    private final Tools tools;
    private final Map<String, Function<ApiRequest, ApiResponse>> routes;
    private final ToolReport report;
    private final ListToolsResult list;

    /** @param routes by the name of the tool, who serves requests of its route */
    McpServer(Tools tools, Map<String, Function<ApiRequest, ApiResponse>> routes, ToolReport report) {
        this.tools = tools;
        this.routes = Map.copyOf(routes);
        this.report = report;
        this.list = ListToolsResult.builder(tools.all().stream().map(Tool::listed).toList()).build();
    }

    /** What a request comes to. */
    sealed interface Outcome {

        record Result(Object result) implements Outcome {}

        /**
         * What is wrong.
         *
         * @param code of JSON-RPC
         * @param name the same for our own errors
         */
        record Failure(int code, String name, String text) implements Outcome {}
    }

    /**
     * Answers a request.
     *
     * @param sent what the message came in
     */
    Outcome answer(Message.Request message, ApiRequest sent) {
        return switch (message.method()) {
            case McpSchema.METHOD_INITIALIZE -> initialize(message.params());
            case McpSchema.METHOD_PING -> new Outcome.Result(Json.object());
            // The list is one page, so there is no cursor that we gave anybody.
            case McpSchema.METHOD_TOOLS_LIST -> message.params().has("cursor")
                    ? invalid("cursor is not known")
                    : new Outcome.Result(list);
            case McpSchema.METHOD_TOOLS_CALL -> call(message.params(), sent);
            default -> new Outcome.Failure(ErrorCodes.METHOD_NOT_FOUND, "method_not_found", "There is no such method");
        };
    }

    /** A client that asks for a version that we do not speak is told one that we do, and decides. */
    private Outcome initialize(ObjectNode params) {
        Optional<String> asked = WireJson.text(params, "protocolVersion");
        if (asked.isEmpty()) {
            return invalid("protocolVersion must be a string");
        }
        return new Outcome.Result(InitializeResult.builder(
                asked.filter(VERSIONS::contains).orElseGet(VERSIONS::getFirst),
                ServerCapabilities.builder().tools(false).build(),
                Implementation.builder(NAME, VERSION).title(TITLE).build())
                .instructions(tools.instructions()).build());
    }

    private Outcome call(ObjectNode params, ApiRequest sent) {
        Optional<Tool> tool = tools.named(params.path("name"));
        if (tool.isEmpty()) {
            return invalid("There is no such tool");
        }
        JsonNode arguments = params.path("arguments");
        if (!arguments.isMissingNode() && !arguments.isObject()) {
            return invalid("arguments must be an object");
        }
        JsonNode payment = params.path("_meta").path(ToolCall.PAYMENT);
        if (!payment.isMissingNode() && !payment.isObject()) {
            return invalid("_meta[\"" + ToolCall.PAYMENT + "\"] must be an object");
        }
        return new Outcome.Result(serve(new ToolCall(tool.get(), WireJson.object(params, "arguments"),
                WireJson.object(params.path("_meta"), ToolCall.PAYMENT)), sent));
    }

    private Object serve(ToolCall call, ApiRequest sent) {
        ApiResponse answer = answer(call, sent);
        report.served(call.tool().name(), answer, sent.requestId());
        return ToolResult.of(answer, call.speaksVersion1());
    }

    private ApiResponse answer(ToolCall call, ApiRequest sent) {
        try {
            return routes.get(call.tool().name()).apply(call.request(sent));
        } catch (ApiException e) {
            return e.response(sent.requestId());
        }
    }

    private static Outcome invalid(String text) {
        return new Outcome.Failure(ErrorCodes.INVALID_PARAMS, "invalid_params", text);
    }
}
