package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PLAN;
import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;
import io.x402compute.local.provider.Fault;

/** What the provider lists is strange, changes, or cannot be read. A run of its own: what is on sale is everybody's business. */
class ProviderPriceListTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.untouched();

    private static final String METERED = "vcg-l40s-16c-180g-48vram";
    private static final String WHOLE_CARD = "vcg-a40-24c-120g-48vram";
    private static final String PART_OF_A_CARD = "vcg-a16-2c-16g-4vram";
    private static final String OF_EMPTY_LOCATION = "vcg-a40-6c-30g-12vram";
    private static final String NOT_ON_DEMAND = "vcg-mi325x-252c-2872g-1536vram";
    private static final String FREE = "vc2-1c-0.5gb-free";
    private static final int LARGEST_PAGE = 500;

    private final Agent agent = running.agent(1);

    @AfterEach
    void heal() {
        running.provider().heal();
        running.provider().setLargestPage(LARGEST_PAGE);
    }

    @Test
    void strangePlansAreSoldAsWhatTheyAreOrNotAtAll() {
        running.provider().changePlan(METERED, Json.object().put("monthly_cost", new BigDecimal("1122.91")));
        running.provider().changePlan(WHOLE_CARD, Json.object());
        refresh();

        assertThat(plan(WHOLE_CARD)).as("the provider does not say which card").hasValueSatisfying(plan -> {
            assertThat(plan.path("gpu_type").textValue()).isEqualTo("NVIDIA A40");
            assertThat(plan.path("gpu_vram_gb").intValue()).isEqualTo(48);
        });
        assertThat(plan(PART_OF_A_CARD)).hasValueSatisfying(
                plan -> assertThat(plan.path("name").textValue()).isEqualTo("NVIDIA A16 4 GB"));
        assertThat(plan(OF_EMPTY_LOCATION)).hasValueSatisfying(
                plan -> assertThat(plan.path("location_price").has("")).isFalse());
        assertThat(plan(NOT_ON_DEMAND)).isEmpty();
        assertThat(plan(FREE)).isEmpty();
        assertThat(refusedAsUnknown(NOT_ON_DEMAND, "ord")).isTrue();
        assertThat(refusedAsUnknown(FREE, "sea")).isTrue();
    }

    @Test
    void aPlanThatStopsBeingSellableIsNotOfferedAnyMore() {
        List<ObjectNode> spoiled = List.of(
                Json.object().put("deploy_ondemand", false),
                Json.object().put("hourly_cost", 0).put("monthly_cost", 0),
                Json.object().put("storage_type", "block_storage"),
                Json.object().put("type", "vdm").putNull("gpu_type").putNull("gpu_vram_gb").putNull("gpu_count"));
        ObjectNode sound = Json.object().put("deploy_ondemand", true).put("hourly_cost", new BigDecimal("0.059"))
                .put("monthly_cost", 43).put("storage_type", "local_storage").put("type", "vcg")
                .put("gpu_type", "NVIDIA_A16").put("gpu_vram_gb", 2).put("gpu_count", "1/8");
        for (ObjectNode change : spoiled) {
            running.provider().changePlan(PLAN, change);
            refresh();
            // One look without it may be half a list.
            running.pass(Duration.ofMinutes(9));
            refresh();
            assertThat(plan(PLAN)).as(change.toString()).isEmpty();
            assertThat(refusedAsUnknown(PLAN, MachineRequest.REGION)).as(change.toString()).isTrue();

            running.provider().changePlan(PLAN, sound);
            refresh();
            assertThat(plan(PLAN)).isPresent();
        }
    }

    @Test
    void aPriceThatRoseSinceTheOfferIsTheOperatorsLoss() {
        Sale sale = Sale.of(running, agent, () -> {
            running.provider().setHourlyCost(PLAN, new BigDecimal("0.1"));
            refresh();
        });

        assertThat(sale.answer().status()).isEqualTo(201);
        assertThat(sale.paidBefore() - agent.balance()).isEqualTo(PRICE_MICROS);
        assertThat(sale.machine().charged()).isEqualByComparingTo("0.1");
        // 0.1 dollars, 20 % markup, 24 hours.
        assertThat(agent.quote(PROVISION, MachineRequest.body()).requirements().amount().micros())
                .isEqualTo(2_880_000);
        running.provider().setHourlyCost(PLAN, new BigDecimal("0.059"));
        refresh();
        sale.untilActive().assertDelivered();
    }

    @Test
    void aListInPagesIsTheSameListAndOneThatCannotBeReadChangesNothing() {
        JsonNode before = plans();
        running.provider().setLargestPage(30);
        assertThat(running.cloud().fire("RefreshCatalog")).isTrue();
        assertThat(plans()).isEqualTo(before);

        for (Fault fault : List.of(
                new Fault.CursorRepeated("/plans"),
                new Fault.FieldMissing("/plans", "meta"),
                new Fault.AnswerTruncated("/regions"),
                new Fault.ProxyPage("/os", 200),
                new Fault.CallFails("/plans", 401, "Invalid API token."))) {
            running.provider().inject(fault);
            assertThat(running.cloud().fire("RefreshCatalog")).isTrue();
            assertThat(plans()).as(fault.toString()).isEqualTo(before);
            running.provider().heal();
        }
        assertThat(agent.post(PROVISION, MachineRequest.body(), Map.of()).status()).isEqualTo(402);
    }

    /** Reads the list, and lets the functions' own caches of it grow old. */
    private static void refresh() {
        assertThat(running.cloud().fire("RefreshCatalog")).isTrue();
        running.pass(Duration.ofSeconds(61));
    }

    private JsonNode plans() {
        running.pass(Duration.ofSeconds(61));
        Answer answer = Http.send(running.cloud().apiUrl(), "GET", "/compute/plans", Map.of(), new byte[0]);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("plans");
    }

    private Optional<JsonNode> plan(String id) {
        return StreamSupport.stream(plans().spliterator(), false).filter(plan -> plan.path("id").asText().equals(id))
                .findFirst();
    }

    private boolean refusedAsUnknown(String plan, String region) {
        Answer answer = agent.post(PROVISION, MachineRequest.body().put("plan", plan).put("region", region), Map.of());
        return answer.status() >= 400 && answer.status() < 500 && answer.status() != 402;
    }
}
