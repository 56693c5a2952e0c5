package io.x402compute.vultr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.x402compute.http.Json;

/** The examples in the provider's own specification, which is not ours to ship: {@code VULTR_OPENAPI} names a copy. */
class PublishedExamplesTest {
    private static final String BESIDE_THE_PROJECT = "../../../shared/reference/vultr-openapi.json";

    private final ScriptedProvider provider = new ScriptedProvider();
    private final VultrClient client = provider.client(new TestTime());
    private JsonNode paths;

    @BeforeEach
    void readSpecification() throws IOException {
        Path file = Path.of(System.getenv().getOrDefault("VULTR_OPENAPI", BESIDE_THE_PROJECT));
        if (!Files.exists(file)) {
            System.out.println(
                    "Skipped: no copy of the provider's openapi.json at " + file + "; VULTR_OPENAPI names one");
        }
        assumeTrue(Files.exists(file), "no copy of the provider's openapi.json");
        paths = Json.read(Files.readAllBytes(file)).path("paths");
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void instances() throws VultrException {
        for (JsonNode example : examples("/instances", "get", 200)) {
            assertThat(onlyPage(example, client::allInstances)).allSatisfy(instance -> {
                assertThat(instance.created()).isPresent();
                assertThat(instance.address()).isPresent();
                assertThat(instance.ready()).isTrue();
            });
        }
        for (JsonNode example : examples("/instances/{instance-id}", "get", 200)) {
            provider.then(200, Json.write(example));
            assertThat(client.instance("x")).isInstanceOf(Lookup.Found.class);
        }
        for (JsonNode example : examples("/instances", "post", 202)) {
            provider.then(202, Json.write(example));
            assertThat(client.createInstance(new CreateInstance("", "", 1, "", List.of(), "", "")))
                    .isInstanceOf(Create.Created.class);
        }
    }

    @Test
    void changes() {
        for (JsonNode example : examples("/instances/{instance-id}", "patch", 202)) {
            provider.then(202, Json.write(example));
            assertThat(client.resize("x", "vc2-2c-4gb")).isInstanceOf(Change.Accepted.class);
        }
        for (String verb : List.of("start", "halt", "reboot")) {
            assertThat(paths.at("/~1instances~1{instance-id}~1" + verb + "/post/responses/204").isObject()).isTrue();
        }
    }

    @Test
    void bareMetal() throws VultrException {
        for (JsonNode example : examples("/bare-metals", "get", 200)) {
            assertThat(onlyPage(example, client::bareMetals)).allSatisfy(machine -> {
                assertThat(machine.created()).isPresent();
                assertThat(machine.tags()).isNotEmpty();
                assertThat(machine.status()).isEqualTo("active");
            });
        }
        for (JsonNode example : examples("/bare-metals/{baremetal-id}", "get", 200)) {
            provider.then(200, Json.write(example));
            assertThat(client.bareMetal("x")).isInstanceOf(Lookup.Found.class);
        }
    }

    @Test
    void plans() throws VultrException {
        for (JsonNode example : examples("/plans", "get", 200)) {
            provider.then(200, Json.write(lastPage(example))).then(200, Json.write(lastPage(example)));
            assertThat(onlyPage(example, client::plans)).allSatisfy(plan -> {
                assertThat(plan.locations()).isNotEmpty();
                assertThat(plan.cost().hourly()).isPositive();
            });
        }
        for (JsonNode example : examples("/plans-metal", "get", 200)) {
            assertThat(onlyPage(example, client::bareMetalPlans)).allSatisfy(
                    plan -> assertThat(plan.cost().monthly()).isPositive());
        }
    }

    @Test
    void regionsAndImages() throws VultrException {
        for (JsonNode example : examples("/regions", "get", 200)) {
            assertThat(onlyPage(example, client::regions)).allSatisfy(region -> assertThat(region.city()).isNotEmpty());
        }
        for (JsonNode example : examples("/os", "get", 200)) {
            assertThat(onlyPage(example, client::operatingSystems)).allSatisfy(os -> assertThat(os.id()).isPositive());
        }
        for (JsonNode example : examples("/regions/{region-id}/availability", "get", 200)) {
            provider.then(200, Json.write(example)).then(200, Json.write(example));
            assertThat(client.availability("ewr")).isNotEmpty();
        }
    }

    @Test
    void account() throws VultrException {
        for (JsonNode example : examples("/account", "get", 200)) {
            provider.then(200, Json.write(example));
            assertThat(client.account().remainingCredit()).isEqualByComparingTo("40.30");
        }
    }

    private interface Listing<T> {
        List<T> read() throws VultrException;
    }

    private <T> List<T> onlyPage(JsonNode example, Listing<T> listing) throws VultrException {
        provider.then(200, Json.write(lastPage(example)));
        List<T> entries = listing.read();
        assertThat(entries).isNotEmpty();
        return entries;
    }

    /** Examples show one page of several. */
    private static JsonNode lastPage(JsonNode example) {
        ((ObjectNode) example.path("meta").path("links")).put("next", "");
        return example;
    }

    private List<JsonNode> examples(String path, String method, int status) {
        List<JsonNode> values = new ArrayList<>();
        paths.path(path).path(method).path("responses").path("" + status).path("content").path("application/json")
                .path("examples").forEach(example -> values.add(example.path("value")));
        assertThat(values).as("examples of " + method + " " + path).isNotEmpty();
        return values;
    }
}
