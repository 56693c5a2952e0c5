package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PLAN;
import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.local.client.Answer;

/**
 * The clients in the field go all their ways with us. They are re-created in {@code clients}, from what is known of the originals:
 * each sends what they send, reads what they read, and breaks where they break.
 */
class AcceptanceTest {
    private static final NodeClient SKILL = new NodeClient("clients/skill.mjs");
    private static final NodeClient LONGLIVE = new NodeClient("clients/longlive.mjs");
    private static final NodeClient READERS = new NodeClient("clients/readers.mjs");
    private static final int AGENT = 5;

    @Nested
    class AsDeployed {
        @RegisterExtension
        static final RunningCloud running = RunningCloud.asDeployed();

        private final Agent agent = running.agent(AGENT);

        @ParameterizedTest
        @ValueSource(strings = {"1.21.0", "1.0.7"})
        void theSkillsScriptsGoFromPlansToDestruction(String version) {
            Map<String, String> skill = Map.of("VERSION", version);
            long before = agent.balance();

            List<JsonNode> bought = carryOut(running, SKILL, skill, List.of("plans"), List.of("plans", "vcg"),
                    List.of("regions"), List.of("createKey"), List.of("createKey", "my-agent"), List.of("listKeys"),
                    List.of("provision", PLAN, REGION, 24));

            assertAllWell(bought);
            assertThat(shown(bought, 1)).hasSizeBetween(1, shown(bought, 0).size() - 1);
            assertThat(shown(bought, 3).path("label").isNull()).isTrue();
            assertThat(shown(bought, 4).path("label").textValue()).isEqualTo("my-agent");
            String key = shown(bought, 4).path("id").textValue();
            assertThat(shown(bought, 5).findValuesAsText("id")).contains(key);
            String id = shown(bought, 6).path("id").textValue();
            assertThat(agent.balance()).isEqualTo(before - PRICE_MICROS);
            running.awaitBoot();
            Instant expiry = Instant.parse(shown(bought, 6).path("expires").textValue());

            List<JsonNode> managed = carryOut(running, SKILL, skill, List.of("list"), List.of("extend", id, 24),
                    List.of("password", id), List.of("details", id), List.of("destroy", id), List.of("password", id),
                    List.of("list"), List.of("revokeKey", key), List.of("listKeys"),
                    List.of("revokeKey", shown(bought, 3).path("id").textValue()));

            assertThat(error(managed, 5)).as("a password after the machine").contains("409");
            managed.remove(5);
            assertAllWell(managed);
            assertThat(entry(shown(managed, 0), id).path("plan").textValue()).isEqualTo(PLAN);
            assertThat(Instant.parse(shown(managed, 1).path("expires").textValue()))
                    .isEqualTo(expiry.plus(Duration.ofHours(24)));
            assertThat(shown(managed, 2).path("user").textValue()).isEqualTo("root");
            UsedSecrets.rememberUnkept(shown(managed, 2).path("password").textValue());
            assertThat(shown(managed, 3).path("status").textValue()).isEqualTo("active");
            assertThat(entry(shown(managed, 5), id).path("status").textValue()).isEqualTo("DESTROYED");
            assertThat(entry(shown(managed, 7), key).path("revoked").booleanValue()).isTrue();
            assertThat(agent.balance()).isEqualTo(before - 2 * PRICE_MICROS);
        }

        @Test
        void theFirstScriptThatSignsIsStoppedByNothingButA201() {
            long before = agent.balance();

            List<JsonNode> results = carryOut(running, SKILL, Map.of("VERSION", "1.0.3"), List.of("plans"),
                    List.of("createKey"), List.of("provision", PLAN, REGION, 24), List.of("list"));

            assertThat(error(results, 2)).contains("unexpected status 201").contains("\"success\":true");
            assertThat(agent.balance()).as("it has paid").isEqualTo(before - PRICE_MICROS);
            results.remove(2);
            assertAllWell(results);
            JsonNode newest = shown(results, 2).path(0);
            assertThat(newest.path("label").textValue()).as("and has its machine").isEqualTo("x402-instance");
            agent.signed("DELETE", MachineRequest.instance(newest.path("id").textValue()));
            agent.signed("DELETE", "/compute/api-keys/" + shown(results, 1).path("id").textValue());
        }

        @Test
        void theCatalogueReadsAsTwoMoreClientsReadIt() {
            List<JsonNode> results = carryOut(running, READERS, Map.of(), List.of("yapprCatalogue"),
                    List.of("fissionPlans"));

            assertAllWell(results);
            Set<String> plans = agent.send("GET", "/compute/plans", Map.of(), new byte[0]).body().path("plans")
                    .findValuesAsText("id").stream().collect(Collectors.toSet());
            assertThat(shown(results, 0).path("plans").findValuesAsText("id"))
                    .containsExactlyInAnyOrderElementsOf(plans);
            assertThat(shown(results, 0).path("images").valueStream().map(JsonNode::intValue)).contains(2284, 1743);
            assertThat(shown(results, 1).path("distinct").intValue()).isEqualTo(plans.size());
            assertThat(shown(results, 1).path("ids")).as("no plan in two classes").hasSize(plans.size());
        }

        @Test
        void aMachineIsWatchedAndEndedByAClientWithAKey() {
            String id = agent.machine();
            String path = "/compute/api-keys";
            Answer created = agent.signed("POST", path);
            Map<String, String> key = Map.of("API_KEY",
                    UsedSecrets.rememberUnkept(created.body().path("api_key").textValue()));
            running.awaitBoot();

            List<JsonNode> results = carryOut(running, READERS, key, List.of("fissionWatch", id),
                    List.of("fissionDestroy", id));

            assertAllWell(results);
            assertThat(shown(results, 0).path("ready").booleanValue()).isTrue();
            assertThat(shown(results, 0).path("plan").textValue()).isEqualTo(PLAN);
            assertThat(shown(results, 1).path("status").textValue()).isEqualTo("destroyed");
            agent.signed("DELETE", path + "/" + created.body().path("id").textValue());
        }

        @Test
        void postsWithoutABodyThatAreCalledJsonAreTaken() {
            String id = agent.machine(MachineRequest.keyless());
            running.awaitBoot();
            String keys = "/compute/api-keys";

            Answer password = agent.password(id);
            Map<String, String> headers = agent.credentials().sign("POST", keys, new byte[0], running.now());
            headers.put("Content-Type", "application/json");
            Answer key = agent.send("POST", keys, headers, new byte[0]);

            assertThat(password.status()).isEqualTo(200);
            assertThat(key.status()).isEqualTo(201);
            UsedSecrets.rememberUnkept(key.body().path("api_key").textValue());
            agent.signed("DELETE", keys + "/" + key.body().path("id").textValue());
        }
    }

    @Nested
    class WithVersion1Alone {
        @RegisterExtension
        static final RunningCloud running = RunningCloud.with("X402Versions", "1");

        private final Agent agent = running.agent(AGENT);

        @Test
        void aRenewingClientGoesFromPlansToDestruction() {
            Map<String, String> limit = Map.of("SPENDING_LIMIT", "5");
            long before = agent.balance();

            List<JsonNode> bought = carryOut(running, LONGLIVE, limit, List.of("plans"),
                    List.of("provision", PLAN, REGION, 24));

            assertAllWell(bought);
            assertThat(entry(shown(bought, 0), PLAN).path("daily").textValue()).isEqualTo("1.6992");
            assertThat(shown(bought, 1).path("paid").textValue()).isEqualTo("1.70");
            assertThat(shown(bought, 1).path("hours").intValue()).isEqualTo(24);
            String id = shown(bought, 1).path("id").textValue();
            running.awaitBoot();

            List<JsonNode> managed = carryOut(running, LONGLIVE, limit, List.of("list"), List.of("extend", id),
                    List.of("password", id), List.of("destroy", id), List.of("list"));

            assertAllWell(managed);
            assertThat(shown(managed, 0).findValuesAsText("id")).contains(id);
            assertThat(shown(managed, 1).path("hours").intValue()).isEqualTo(24);
            assertThat(shown(managed, 2).path("user").textValue()).isEqualTo("root");
            UsedSecrets.rememberUnkept(shown(managed, 2).path("password").textValue());
            assertThat(shown(managed, 4).findValuesAsText("id")).doesNotContain(id);
            assertThat(agent.balance()).isEqualTo(before - 2 * PRICE_MICROS);
        }

        @Test
        void withoutAHigherLimitItDoesNotSignForMoreThanADollar() {
            World before = running.world();

            List<JsonNode> results = carryOut(running, LONGLIVE, Map.of(), List.of("provision", PLAN, REGION, 24));

            assertThat(error(results, 0)).containsIgnoringCase("spend");
            assertThat(running.world()).isEqualTo(before);
        }
    }

    private static List<JsonNode> carryOut(RunningCloud running, NodeClient client, Map<String, String> settings,
            List<?>... commands) {
        return client.carryOut(running.cloud().apiUrl(), running.chain().privateKey(AGENT), settings,
                List.of(commands));
    }

    private static void assertAllWell(List<JsonNode> results) {
        assertThat(results).isNotEmpty()
                .allSatisfy(result -> assertThat(result.path("ok").booleanValue()).as(result.toString()).isTrue());
    }

    private static JsonNode shown(List<JsonNode> results, int command) {
        return results.get(command).path("shown");
    }

    private static String error(List<JsonNode> results, int command) {
        return results.get(command).path("error").asText();
    }

    private static JsonNode entry(JsonNode list, String id) {
        return list.valueStream().filter(entry -> entry.path("id").textValue().equals(id)).findFirst().orElseThrow();
    }
}
