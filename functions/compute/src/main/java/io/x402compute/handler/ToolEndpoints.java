package io.x402compute.handler;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.x402compute.http.ApiFunction;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.mcp.Tool;
import io.x402compute.mcp.Tools;

/** Who serves the tools: for each the function of its route, in this one's place, so that what holds there holds here. */
final class ToolEndpoints {
    private ToolEndpoints() {}

    /** By the name of the tool. */
    static Map<String, Function<ApiRequest, ApiResponse>> of(Tools tools, Application application) {
        return tools.all().stream().collect(Collectors.toMap(Tool::name, tool -> endpoint(tool, application)::answer));
    }

    private static ApiFunction endpoint(Tool tool, Application application) {
        return switch (tool.route().id()) {
            case "listPlans" -> new ListPlans(application);
            case "quotePrice" -> new QuotePrice(application);
            case "provisionInstance" -> new ProvisionInstance(application, tool.discovery());
            case "listInstances" -> new ListInstances(application);
            case "getInstance" -> new GetInstance(application);
            case "extendInstance" -> new ExtendInstance(application, tool.discovery());
            case "destroyInstance" -> new DestroyInstance(application);
            case "listServices" -> new ListServices(application);
            case "runInference" -> new RunInference(application, tool.discovery());
            case "getJob" -> new GetJob(application);
            case "estimateRun" -> new EstimateRun(application);
            case "getAccountBalance" -> new GetAccountBalance(application);
            default -> throw new IllegalStateException("nobody serves the tool " + tool.name());
        };
    }
}
