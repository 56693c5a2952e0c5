package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.aws.Grant;
import io.x402compute.local.client.Answer;
import io.x402compute.running.UsedUnits.Row;

/**
 * What every endpoint and schedule costs in units of DynamoDB, measured from the capacity that it says was consumed, and
 * printed as a table. Sweeps come last: they are measured among many instances.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UnitsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.untouched();

    private static final String KEYS = "/compute/api-keys";
    private static final String TOP_UP = "/compute/credits/topup";
    private static final double MOST_WRITES = 10;
    private static final double MOST_READS = 2;
    private static final int FEW = 1_000;
    private static final int MANY = Integer.getInteger("units.instances", 20_000);
    private static final int DUE = 100;

    private static UsedUnits units;
    private static Agent agent;

    @BeforeAll
    static void begin() {
        units = new UsedUnits(running.cloud());
        agent = running.agent(1);
    }

    @AfterAll
    static void print() {
        System.out.println(units);
    }

    @Test
    @Order(1)
    void browsingCostsAReadAtMostOnceWarm() {
        for (String path : List.of("/compute/plans", "/compute/regions", "/compute/os", "/health", "/catalog",
                "/catalog/estimate?service=llm-4090", MachineRequest.QUOTE)) {
            String shown = "GET " + path.replaceAll("\\?.*", "");
            units.of(shown + ", cold", () -> browse(path));
            Row warm = units.of(shown + ", warm", () -> browse(path));

            assertThat(warm.total().read()).as(shown).isLessThanOrEqualTo(1);
            assertThat(warm.total().write()).as(shown).isZero();
        }
    }

    @Test
    @Order(2)
    void aPaidProvisionCostsTenWritesAndTwoReadsAtMost() {
        ObjectNode body = MachineRequest.body();
        units.of("POST /compute/provision, unpaid (402)", () -> agent.quote(PROVISION, body));
        var payment = agent.sign(agent.quote(PROVISION, body));
        Row paid = units.of("POST /compute/provision, paid (201)",
                () -> assertStatus(201, agent.pay(PROVISION, body, payment)));
        units.of("  schedules until it is active", () -> {
            running.awaitBoot();
            running.advance(Duration.ofMinutes(1));
        });
        units.of("POST /compute/provision, the same payment again", () -> agent.pay(PROVISION, body, payment));

        assertThat(paid.total().write()).isLessThanOrEqualTo(MOST_WRITES);
        assertThat(paid.total().read()).isLessThanOrEqualTo(MOST_READS);
    }

    @Test
    @Order(3)
    void everyOtherEndpointIsMeasured() {
        String id = agent.machine(MachineRequest.keyless());
        running.awaitBoot();
        running.advance(Duration.ofMinutes(1));
        String extend = MachineRequest.extend(id);
        units.of("POST /compute/instances/{id}/extend, unpaid (402)", () -> agent.quote(extend, Json.object()));
        var payment = agent.sign(agent.quote(extend, Json.object()));
        units.of("POST /compute/instances/{id}/extend, paid (200)",
                () -> assertStatus(200, agent.pay(extend, Json.object(), payment)));
        units.of("  schedules after it", () -> running.advance(Duration.ofMinutes(2)));
        units.of("GET /compute/instances/{id}, active", () -> agent.instance(id));
        units.of("GET /compute/instances, 2 of them", () -> signed(200, "GET", "/compute/instances"));
        units.of("POST /compute/instances/{id}/password", () -> assertStatus(200, agent.password(id)));
        units.of("GET /compute/instances/{id}/events", () -> signed(200, "GET", MachineRequest.events(id)));
        var deposit = agent.sign(agent.quote(TOP_UP, Json.object().put("amount", 4)));
        units.of("POST /compute/credits/topup, paid (200)",
                () -> assertStatus(200, agent.pay(TOP_UP, Json.object().put("amount", 4), deposit)));
        units.of("POST /compute/provision, from credit (201)",
                () -> assertStatus(201, agent.signed(PROVISION, MachineRequest.body().put("use_credits", true))));
        units.of("POST /compute/instances/{id}/extend, from credit (200)",
                () -> assertStatus(200, agent.signed(extend, Json.object().put("use_credits", true))));
        running.awaitBoot();
        running.advance(Duration.ofMinutes(2));
        units.of("GET /compute/credits/balance", () -> signed(200, "GET", "/compute/credits/balance"));
        units.of("GET /compute/credits/entries", () -> signed(200, "GET", "/compute/credits/entries"));
        units.of("GET /compute/orders", () -> signed(200, "GET", "/compute/orders"));
        String order = agent.signed("GET", "/compute/orders").body().path("orders").path(0).path("order_id").asText();
        units.of("GET /compute/orders/{id}", () -> signed(200, "GET", "/compute/orders/" + order));
        units.of("POST /compute/api-keys", () -> signed(201, "POST", KEYS));
        Answer keys = agent.signed("GET", KEYS);
        units.of("GET /compute/api-keys", () -> signed(200, "GET", KEYS));
        units.of("DELETE /compute/api-keys/{id}",
                () -> signed(200, "DELETE", KEYS + "/" + keys.body().path("api_keys").path(0).path("id").asText()));
        units.of("DELETE /compute/instances/{id}", () -> signed(200, "DELETE", MachineRequest.instance(id)));
        units.of("  schedules until it is gone", () -> {
            for (int minute = 0; minute < 4; minute++) {
                running.advance(Duration.ofMinutes(1));
            }
        });
        ObjectNode chat = InferenceRequest.of("llm-4090", "{\"prompt\": \"Say hello\"}");
        units.of("POST /v1/run, unpaid (402)", () -> agent.quote(InferenceRequest.RUN, chat));
        var fare = agent.sign(agent.quote(InferenceRequest.RUN, chat));
        units.of("POST /v1/run, paid (200)", () -> assertStatus(200, agent.pay(InferenceRequest.RUN, chat, fare)));
        for (String schedule : List.of("ExpireInstances", "ResumeOrders", "ReconcileProvider", "RefreshCatalog",
                "WatchAccounts", "RefreshModels")) {
            units.of(schedule + ", nothing to do", () -> running.cloud().fire(schedule));
        }

        measureTheRest();
        assertThat(units.functions()).as("measured").isEqualTo(functions());
    }

    /** Functions that no row above is about, each in the flow that needs one of its grants. */
    private static void measureTheRest() {
        GrantFlows flows = new GrantFlows(running);
        Map<String, Grant> rest = new TreeMap<>();
        grants().filter(grant -> !units.functions().contains(grant.function()))
                .forEach(grant -> rest.putIfAbsent(grant.function(), grant));
        rest.forEach((function, grant) -> {
            GrantFlow flow = GrantFlow.needing(grant);
            units.of(function + ", " + flow, function, () -> flows.run(flow));
            flows.recover();
        });
    }

    private static Set<String> functions() {
        return grants().map(Grant::function).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Grant> grants() {
        return running.cloud().roles().granted().stream().filter(grant -> grant.action().startsWith("dynamodb:"))
                .sorted(Comparator.comparing(Grant::toString));
    }

    @Test
    @Order(4)
    void aSweepCostsWhatIsDueAndNotWhatThereIs() {
        ManyInstances instances = ManyInstances.in(running, agent);
        instances.growTo(FEW);
        Row few = sweep(instances, FEW);
        instances.growTo(MANY);
        Row many = sweep(instances, MANY);

        assertThat(few.total().read()).isGreaterThan(DUE);
        assertThat(many.total()).isEqualTo(few.total());
    }

    private static Row sweep(ManyInstances instances, int existing) {
        instances.makeDue(DUE);
        Row sweep = units.of("ExpireInstances, %d due of %,d".formatted(DUE, existing),
                () -> running.cloud().fire("ExpireInstances"));
        assertThat(instances.unfinishedDue()).as("not ended").isZero();
        return sweep;
    }

    private static void browse(String path) {
        assertStatus(200, agent.send("GET", path, Map.of(), new byte[0]));
    }

    private static void signed(int status, String method, String path) {
        assertStatus(status, agent.signed(method, path));
    }

    private static void assertStatus(int expected, Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(expected);
    }
}
