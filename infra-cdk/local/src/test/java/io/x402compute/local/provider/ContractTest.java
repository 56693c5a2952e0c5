package io.x402compute.local.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.http.Json;

/**
 * What the simulator answers is what the provider's specification says, without one field more. The specification is not ours
 * to ship: {@code VULTR_OPENAPI} names a copy, {@code VULTR_OPENAPI_PATCH} a merge patch (RFC 7396) of what it is known to get
 * wrong.
 */
class ContractTest {
    private static final String BESIDE_THE_PROJECT = "../../../shared/reference/";

    private static final String ORDER = """
            {"region": "ewr", "plan": "vcg-a16-2c-8g-2vram", "os_id": 2284, "label": "op", "tags": ["op"],
             "backups": "disabled", "enable_ipv6": true}
            """;

    private static final String METAL = """
            {"region": "ewr", "plan": "vbm-4c-32gb", "os_id": 2284, "label": "op", "tags": ["op"], "enable_ipv6": true}
            """;

    private final Provider provider = new Provider();
    private ObjectNode specification;

    @BeforeEach
    void readSpecification() throws IOException {
        String file = System.getenv().getOrDefault("VULTR_OPENAPI", BESIDE_THE_PROJECT + "vultr-openapi.json");
        String patch = System.getenv()
                .getOrDefault("VULTR_OPENAPI_PATCH", BESIDE_THE_PROJECT + "vultr-openapi-delta-2026.merge-patch.json");
        boolean there = Files.exists(Path.of(file)) && Files.exists(Path.of(patch));
        if (!there) {
            System.out.println(
                    "Skipped: no copy of the provider's specification; VULTR_OPENAPI and VULTR_OPENAPI_PATCH name one");
        }
        assumeTrue(there, "no copy of the provider's specification");
        specification = (ObjectNode) merge(read(file), read(patch));
        for (JsonNode schema : specification.path("components").path("schemas")) {
            if (schema.path("properties").isObject()) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        }
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @ParameterizedTest
    @CsvSource({"/plans?type=all, plans, plans", "/plans?type=vdm, plans, plans",
        "/plans-metal, plans_metal, plans-metal",
        "/regions, regions, region", "/os, os, os"})
    void lists(String path, String key, String schema) throws Exception {
        JsonNode answer = send("GET", path, BodyPublishers.noBody());

        assertThat(answer.path(key)).isNotEmpty().allSatisfy(entry -> assertValid(entry, schema));
        assertValid(answer.path("meta"), "meta");
    }

    @Test
    void machinesAtEveryAge() throws Exception {
        JsonNode made = send("POST", "/instances", BodyPublishers.ofString(ORDER)).path("instance");
        assertValid(made, "instance");
        assertThat(made.path("default_password").isTextual()).isTrue();

        for (int second = 1; second <= 100; second++) {
            provider.clock.advance(Duration.ofSeconds(1));
            assertValid(send("GET", "/instances/" + made.path("id").asText(), BodyPublishers.noBody()).path("instance"),
                    "instance");
        }
        assertThat(send("GET", "/instances?show_pending_charges=true", BodyPublishers.noBody()).path("instances"))
                .hasSize(1).allSatisfy(instance -> assertValid(instance, "instance"));
    }

    @Test
    void aChangedMachine() throws Exception {
        String id = send("POST", "/instances", BodyPublishers.ofString(ORDER)).at("/instance/id").asText();
        provider.clock.advance(Duration.ofMinutes(2));

        JsonNode changed = send("PATCH", "/instances/" + id, BodyPublishers.ofString("{\"label\": \"other\"}"));

        assertValid(changed.path("instance"), "instance");
        assertThat(changed.path("job_ids").isArray()).isTrue();
    }

    @Test
    void aMachineThatIsMovedToAnotherPlan() throws Exception {
        String id = send("POST", "/instances", BodyPublishers.ofString(ORDER)).at("/instance/id").asText();
        provider.clock.advance(Duration.ofMinutes(2));

        JsonNode changed = send("PATCH", "/instances/" + id,
                BodyPublishers.ofString("{\"plan\": \"vcg-a16-2c-16g-4vram\"}"));

        assertThat(changed.path("job_ids")).hasSize(1);
        assertValid(changed.path("instance"), "instance");
        for (int second = 0; second < 60; second++) {
            provider.clock.advance(Duration.ofSeconds(1));
            assertValid(send("GET", "/instances/" + id, BodyPublishers.noBody()).path("instance"), "instance");
        }
    }

    @Test
    void bareMetalAtEveryAge() throws Exception {
        JsonNode made = send("POST", "/bare-metals", BodyPublishers.ofString(METAL)).path("bare_metal");
        assertValid(made, "baremetal");
        assertThat(made.path("default_password").isTextual()).isTrue();

        for (int minute = 1; minute <= 30; minute++) {
            provider.clock.advance(Duration.ofMinutes(1));
            assertValid(send("GET", "/bare-metals/" + made.path("id").asText(), BodyPublishers.noBody())
                    .path("bare_metal"), "baremetal");
        }
        assertThat(send("GET", "/bare-metals", BodyPublishers.noBody()).path("bare_metals"))
                .hasSize(1).allSatisfy(metal -> assertValid(metal, "baremetal"));
    }

    @Test
    void theAccount() throws Exception {
        assertValid(send("GET", "/account", BodyPublishers.noBody()).path("account"), "account");
    }

    @Test
    void errors() throws Exception {
        assertValid(send("GET", "/instances/none", BodyPublishers.noBody()), "error");
    }

    private void assertValid(JsonNode value, String schema) {
        ObjectNode root = Json.object();
        root.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + schema);
        root.set("components", specification.path("components"));
        assertThat(value.isObject()).isTrue();
        assertThat(JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(root).validate(value)).isEmpty();
    }

    private JsonNode send(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(provider.simulator.baseUrl() + path))
                .header("Authorization", "Bearer " + ProviderSimulator.API_KEY)
                .timeout(Duration.ofSeconds(10)).method(method, body).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return Json.read(http.send(request, BodyHandlers.ofByteArray()).body());
        }
    }

    private static JsonNode read(String file) throws IOException {
        return Json.read(Files.readAllBytes(Path.of(file)));
    }

    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = target.isObject() ? (ObjectNode) target : Json.object();
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            if (entry.getValue().isNull()) {
                merged.remove(entry.getKey());
            } else {
                merged.set(entry.getKey(), merge(merged.path(entry.getKey()), entry.getValue()));
            }
        }
        return merged;
    }
}
