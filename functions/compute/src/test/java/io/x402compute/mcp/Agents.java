package io.x402compute.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.contract.ApiContract;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.http.Requests;

/** A client, and routes that note what they are asked and answer what they are told to. */
final class Agents {
    static final Tools TOOLS = Tools.of(ApiContract.read());

    private final List<ApiRequest> asked = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();
    private final StreamableHttp transport;
    private ApiResponse answer = ApiResponse.ok(Json.object().put("fine", true));

    Agents() {
        Map<String, Function<ApiRequest, ApiResponse>> routes = new LinkedHashMap<>();
        TOOLS.all().forEach(tool -> routes.put(tool.name(), this::serve));
        transport = new StreamableHttp(TOOLS, routes,
                (tool, served, requestId) -> reported.add(tool + " " + served.status() + " " + requestId));
    }

    Agents answering(ApiResponse told) {
        answer = told;
        return this;
    }

    ApiResponse send(ApiRequest request) {
        return transport.answer(request);
    }

    ApiResponse send(String body) {
        return send(Requests.post("/mcp", body));
    }

    /** What the request of that method comes to: {@code result} or {@code error}, as it travels. */
    ObjectNode ask(String method, ObjectNode params) {
        ObjectNode message = Json.object().put("jsonrpc", "2.0").put("id", 7).put("method", method);
        message.set("params", params);
        return send(Json.write(message)).body();
    }

    /** The result of a tool. */
    JsonNode call(String tool, ObjectNode arguments) {
        return call(tool, arguments, Json.object());
    }

    JsonNode call(String tool, ObjectNode arguments, ObjectNode meta) {
        ObjectNode params = Json.object().put("name", tool);
        params.set("arguments", arguments);
        params.set("_meta", meta);
        return ask("tools/call", params).path("result");
    }

    /** What the routes were asked since the last time. */
    List<ApiRequest> asked() {
        List<ApiRequest> since = List.copyOf(asked);
        asked.clear();
        return since;
    }

    List<String> reported() {
        return List.copyOf(reported);
    }

    private ApiResponse serve(ApiRequest request) {
        asked.add(request);
        return answer;
    }
}
