package io.x402compute.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** The whole API in OpenAPI 3.1, put together from a part for each of its subjects. */
public final class ApiContract {
    /** In the order in which a reader wants them. */
    private static final List<String> PARTS = List.of("catalogue", "machines", "operations", "inference", "runs",
            "jobs",
            "credit", "orders", "keys", "facilitator", "about");
    /** Says of an operation that it is paid, to those who look for such; not a part of OpenAPI. */
    private static final String PAYMENT = "x-payment-info";

    private final ObjectNode document;

    private ApiContract(ObjectNode document) {
        this.document = document;
    }

    public static ApiContract read() {
        ObjectNode document = part("api");
        ObjectNode paths = document.putObject("paths");
        for (String name : PARTS) {
            ObjectNode part = part(name);
            paths.setAll((ObjectNode) part.get("paths"));
            document.withObject("/components/schemas").setAll((ObjectNode) part.get("schemas"));
        }
        return new ApiContract(document);
    }

    /**
     * The document of one deployment.
     *
     * @param baseUrl scheme and host of this API, without a trailing slash
     */
    public ObjectNode document(String baseUrl) {
        ObjectNode deployed = document.deepCopy();
        deployed.putArray("servers").addObject().put("url", baseUrl);
        deployed.putObject("x-discovery").put("llmsTxtUrl", baseUrl + AgentGuide.PATH);
        return deployed;
    }

    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        document.get("paths").forEachEntry((path, item) -> item.forEachEntry((method, operation) -> routes
                .add(route(path, method, operation))));
        return List.copyOf(routes);
    }

    private static Route route(String path, String method, JsonNode operation) {
        return new Route(operation.get("operationId").textValue(), method.toUpperCase(Locale.ROOT), path,
                operation.get("summary").textValue(), operation.has(PAYMENT));
    }

    private static ObjectNode part(String name) {
        return (ObjectNode) Json.readOwn(Resources.text(name + ".json"));
    }
}
