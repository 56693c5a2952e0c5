package io.x402compute.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import org.junit.jupiter.api.Test;

import io.x402compute.http.Json;

class ApiContractTest {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final ApiContract contract = ApiContract.read();
    private final ObjectNode document = contract.document("https://api.example");

    @Test
    void eachReferenceLeadsToSomethingAndEachComponentIsUsed() {
        Set<String> used = new HashSet<>();
        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(document.at(reference.textValue().substring(1)).isObject()).as(reference.textValue()).isTrue();
            used.add(reference.textValue());
        }
        operations().forEach(operation -> operation.path("security").forEach(way -> way.fieldNames()
                .forEachRemaining(scheme -> used.add("#/components/securitySchemes/" + scheme))));
        Set<String> components = new HashSet<>();
        document.get("components").forEachEntry((kind, named) -> named
                .forEachEntry((name, any) -> components.add("#/components/" + kind + "/" + name)));
        assertThat(used).isEqualTo(components);
    }

    /** In OpenAPI 3.1 each schema is one of JSON Schema 2020-12. */
    @Test
    void eachSchemaIsASchema() {
        var meta = SCHEMAS.getSchema(SchemaLocation.of(SpecVersion.VersionFlag.V202012.getId()));
        List<JsonNode> schemas = new ArrayList<>(document.findValues("schema"));
        document.at("/components/schemas").forEach(schemas::add);
        assertThat(schemas).hasSizeGreaterThan(50)
                .allSatisfy(schema -> assertThat(meta.validate(schema.toString(), InputFormat.JSON)).isEmpty());
    }

    @Test
    void eachExampleIsOne() {
        List<JsonNode> contents = document.findValues("application/json").stream()
                .filter(content -> content.has("example")).toList();
        assertThat(contents).hasSizeGreaterThan(3).allSatisfy(content -> {
            ObjectNode schema = Json.object();
            schema.putArray("allOf").add(content.get("schema"));
            schema.set("components", document.get("components"));
            assertThat(SCHEMAS.getSchema(schema).validate(content.get("example").toString(), InputFormat.JSON))
                    .isEmpty();
        });
    }

    @Test
    void eachOperationHasANameOfItsOwnAndNamesTheParametersOfItsPath() {
        assertThat(contract.routes()).extracting(Route::id).doesNotHaveDuplicates();
        for (Route route : contract.routes()) {
            JsonNode operation = document.at("/paths").path(route.path()).path(route.method().toLowerCase(Locale.ROOT));
            List<String> named = Stream.of(operation.path("parameters")).flatMap(JsonNode::valueStream)
                    .map(this::resolved).filter(parameter -> parameter.path("in").asText().equals("path"))
                    .map(parameter -> parameter.path("name").asText()).toList();
            assertThat(named).as(route.key()).containsExactlyElementsOf(
                    PARAMETER.matcher(route.path()).results().map((MatchResult found) -> found.group(1)).toList());
        }
    }

    @Test
    void whatIsPaidAsksFirstAndSaysHowTheMoneyWent() {
        List<JsonNode> paid = operations().filter(operation -> operation.has("x-payment-info")).toList();
        assertThat(paid).hasSize(5).allSatisfy(operation -> {
            JsonNode asked = resolved(operation.path("responses").path("402"));
            assertThat(asked.path("headers").has("PAYMENT-REQUIRED")).isTrue();
            assertThat(operation.path("x-payment-info").path("protocols").get(0).asText()).isEqualTo("x402");
            assertThat(operation.path("x-payment-info").path("price").path("currency").asText()).isEqualTo("USD");
            assertThat(operation.path("responses").path("202").path("headers").has("PAYMENT-RESPONSE")).isTrue();
        });
        assertThat(operations().filter(operation -> operation.path("responses").has("402")).toList()).isEqualTo(paid);
    }

    @Test
    void documentsNameTheDeploymentTheyBelongTo() {
        assertThat(document.at("/servers/0/url").asText()).isEqualTo("https://api.example");
        assertThat(new AgentGuide(contract).text("https://api.example"))
                .contains("POST https://api.example/compute/provision", "- `POST /compute/provision` (paid): ")
                .doesNotContain("{base_url}", "{routes}");
    }

    private Stream<JsonNode> operations() {
        return document.get("paths").valueStream().flatMap(JsonNode::valueStream);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
    }
}
