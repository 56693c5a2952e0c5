package io.x402compute.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.Json;

class McpServerTest {
    private final Agents agent = new Agents();

    @ParameterizedTest
    @CsvSource({"2025-11-25, 2025-11-25", "2025-06-18, 2025-06-18", "2025-03-26, 2025-03-26", "2024-11-05, 2025-11-25",
        "2099-01-01, 2025-11-25"})
    void versionIsTheClientsOrElseOurNewest(String asked, String agreed) {
        JsonNode result = agent.ask("initialize", Json.object().put("protocolVersion", asked)).path("result");

        assertThat(result.path("protocolVersion").textValue()).isEqualTo(agreed);
        assertThat(result.path("capabilities").propertyStream().map(Map.Entry::getKey)).containsExactly("tools");
        assertThat(result.at("/serverInfo/name").textValue()).isEqualTo("x402compute");
        assertThat(result.path("instructions").textValue()).contains("_meta[\"x402/payment\"]");
    }

    @Test
    void whoAsksForNoVersionIsRefused() {
        assertFailed(-32602, agent.ask("initialize", Json.object()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resources/list", "prompts/list", "logging/setLevel", "sampling/createMessage", "Ping", ""})
    void methodThatIsNotHereIsNotFound(String method) {
        assertFailed(-32601, agent.ask(method, Json.object()));
    }

    @Test
    void toolsAreListedOnOnePage() {
        JsonNode result = agent.ask("tools/list", Json.object()).path("result");

        assertThat(result.path("tools")).extracting(tool -> tool.path("name").textValue())
                .contains("list_plans", "get_quote", "provision_instance", "list_instances", "get_instance",
                        "extend_instance", "destroy_instance", "gpu_catalog", "gpu_estimate", "gpu_run", "gpu_status",
                        "gpu_balance")
                .doesNotHaveDuplicates();
        assertThat(result.has("nextCursor")).isFalse();
        assertFailed(-32602, agent.ask("tools/list", Json.object().put("cursor", "x")));
        assertThat(agent.asked()).isEmpty();
    }

    @Test
    void eachToolSaysWhatItTakesAndDoes() {
        var meta = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of(SpecVersion.VersionFlag.V202012.getId()));
        assertThat(listed()).allSatisfy(tool -> {
            assertThat(tool.path("name").textValue()).matches("[a-z_]{1,64}");
            assertThat(tool.path("description").textValue()).isNotBlank();
            JsonNode schema = tool.path("inputSchema");
            assertThat(schema.path("type").textValue()).isEqualTo("object");
            assertThat(schema.path("additionalProperties").booleanValue()).isFalse();
            assertThat(meta.validate(Json.write(schema), InputFormat.JSON)).isEmpty();
            assertThat(schema.findValues("$ref")).isEmpty();
            assertThat(schema.path("required")).allSatisfy(
                    needed -> assertThat(schema.path("properties").has(needed.textValue())).isTrue());
        });
    }

    @Test
    void hintsSayWhatToAskAPersonBefore() {
        assertThat(hints("list_plans")).hasToString(
                "{\"title\":\"Find a machine to rent\",\"readOnlyHint\":true,\"destructiveHint\":false,\"idempotentHint\":true}");
        assertThat(hints("provision_instance").path("readOnlyHint").booleanValue()).isFalse();
        assertThat(hints("provision_instance").path("idempotentHint").booleanValue()).isFalse();
        assertThat(hints("destroy_instance").path("destructiveHint").booleanValue()).isTrue();
    }

    @Test
    void argumentsAreThoseOfTheRoute() {
        assertThat(arguments("provision_instance")).containsExactlyInAnyOrder("idempotency_key", "plan", "region",
                "prepaid_hours", "os_id", "label", "hostname", "ssh_public_key", "user_data", "network",
                "use_credits");
        assertThat(arguments("extend_instance")).containsExactlyInAnyOrder("instance_id", "idempotency_key",
                "extend_hours", "network", "use_credits");
        assertThat(listed().stream().filter(tool -> tool.path("name").asText().equals("extend_instance")).findFirst()
                .orElseThrow().at("/inputSchema/required")).hasToString("[\"instance_id\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\":7}", "{\"name\":\"rm\"}", "{\"name\":\"List_plans\"}",
        "{\"name\":\"list_plans\",\"arguments\":[]}", "{\"name\":\"list_plans\",\"arguments\":null}",
        "{\"name\":\"list_plans\",\"_meta\":{\"x402/payment\":\"eyJ4NDAyVmVyc2lvbiI6Mn0=\"}}",
        "{\"name\":\"list_plans\",\"_meta\":{\"x402/payment\":null}}"})
    void callThatIsNoneIsAnErrorOfTheProtocol(String params) {
        assertFailed(-32602, agent.ask("tools/call", (ObjectNode) Json.readOwn(params)));
        assertThat(agent.asked()).isEmpty();
    }

    private List<JsonNode> listed() {
        return agent.ask("tools/list", Json.object()).at("/result/tools").valueStream().toList();
    }

    private JsonNode hints(String tool) {
        return listed().stream().filter(any -> any.path("name").asText().equals(tool)).findFirst().orElseThrow()
                .path("annotations");
    }

    private Set<String> arguments(String tool) {
        return Set.copyOf(listed().stream().filter(any -> any.path("name").asText().equals(tool)).findFirst()
                .orElseThrow().at("/inputSchema/properties").propertyStream().map(Map.Entry::getKey).toList());
    }

    private static void assertFailed(int code, ObjectNode answer) {
        assertThat(answer.at("/error/code").intValue()).as("%s", answer).isEqualTo(code);
        assertThat(answer.path("id").intValue()).isEqualTo(7);
    }
}
