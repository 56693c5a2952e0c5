package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import io.x402compute.contract.ApiContract;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;

/**
 * What the contract says of requests and answers, held against real ones. Clients are told to expect more fields one day; here a
 * field that the contract does not name is a broken promise.
 */
final class Promises {
    private final ObjectNode document = ApiContract.read().document("https://api.invalid");
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    /** Of the answer alone, and that it is as the route promises. */
    ApiResponse kept(String route, ApiResponse response) {
        assertKept(route, response.status(), "application/json", Json.write(response.body()));
        return response;
    }

    void assertKept(APIGatewayV2HTTPEvent event, APIGatewayV2HTTPResponse response) {
        String route = event.getRouteKey().replaceFirst("^ANY", event.getRequestContext().getHttp().getMethod());
        int status = response.getStatusCode();
        assertKept(route, status, response.getHeaders().get("Content-Type").split(";", -1)[0], response.getBody());
        // What is refused may be anything.
        boolean isServed = status < 400 || status == 402;
        if (isServed && event.getBody() != null && !event.getBody().isEmpty() && !event.getIsBase64Encoded()) {
            JsonNode wanted = operation(route).at("/requestBody/content/application~1json/schema");
            if (!wanted.isMissingNode()) {
                assertThat(violations(wanted, event.getBody())).as(event.getBody()).isEmpty();
            }
        }
    }

    private void assertKept(String route, int status, String type, String body) {
        JsonNode promised = resolved(operation(route).path("responses").path(Integer.toString(status)));
        JsonNode content = promised.path("content").path(type);
        if (content.isMissingNode()) {
            content = promised.path("content").path(type.split("/", 2)[0] + "/*");
        }
        assertThat(content.isMissingNode()).as("%s answers %d as %s", route, status, type).isFalse();
        if (type.equals("application/json")) {
            assertThat(violations(content.path("schema"), body)).as(body).isEmpty();
        }
    }

    private List<String> violations(JsonNode schema, String json) {
        return schemas.computeIfAbsent(schema.toString(), any -> compiled(schema)).validate(json, InputFormat.JSON,
                run -> run.getExecutionConfig().setFormatAssertionsEnabled(true)).stream().map(Object::toString)
                .toList();
    }

    private JsonSchema compiled(JsonNode schema) {
        ObjectNode root = Json.object().put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.putArray("allOf").add(closed(schema.deepCopy()));
        root.set("components", closed(document.get("components").deepCopy()));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
    }

    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("type").asText().equals("object")
                && object.path("properties").isObject() && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Promises::closed);
        return node;
    }

    private JsonNode operation(String routeKey) {
        String[] route = routeKey.split(" ", 2);
        return document.path("paths").path(route[1]).path(route[0].toLowerCase(Locale.ROOT));
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
    }
}
