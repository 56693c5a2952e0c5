package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.local.client.Answer;

/** Lists, page by page. */
class ListsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.untouched();

    private static final String INSTANCES = "/compute/instances";
    private static final String KEYS = "/compute/api-keys";

    /** Oldest first; the second is destroyed. */
    private static final List<String> MACHINES = new ArrayList<>();

    private static Agent agent;

    @BeforeAll
    static void rent() {
        agent = running.agent(2);
        for (String label : List.of("one", "two", "three", "four", "five")) {
            ObjectNode body = MachineRequest.body().put("label", label);
            MACHINES.add(Answer.of(agent.buy(MachineRequest.PROVISION, body).response()).order().path("id")
                    .textValue());
        }
        running.agent(3).machine();
        agent.signed("DELETE", MachineRequest.instance(MACHINES.get(1)));
        running.awaitBoot();
    }

    @Test
    void aClientThatKnowsNoPagesSeesEverythingNewestFirst() {
        JsonNode list = agent.signed("GET", INSTANCES).body();

        assertThat(ids(list)).isEqualTo(MACHINES.reversed());
        assertThat(list.path("count").intValue()).isEqualTo(5);
        assertThat(list.has("next_cursor")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void pagesAddUpToTheList(int limit) {
        List<String> all = new ArrayList<>();
        JsonNode page = list("limit=" + limit);
        all.addAll(ids(page));
        while (page.path("has_more").booleanValue()) {
            page = list("limit=" + limit + "&cursor=" + page.path("next_cursor").textValue());
            all.addAll(ids(page));
        }

        assertThat(all).isEqualTo(MACHINES.reversed());
    }

    @Test
    void aListCanBeOfWhatIsWanted() {
        assertThat(ids(list("status=destroyed"))).containsExactly(MACHINES.get(1));
        assertThat(ids(list("status=live"))).hasSize(4).doesNotContain(MACHINES.get(1));
        assertThat(ids(list("label=three"))).containsExactly(MACHINES.get(2));
        assertThat(ids(list("plan=" + MachineRequest.PLAN + "&region=" + MachineRequest.REGION))).hasSize(5);
        assertThat(ids(list("region=ams"))).isEmpty();
        assertThat(running.cloud().client(2).instances("live,destroyed").map(machine -> machine.path("id").textValue()))
                .containsExactlyElementsOf(MACHINES.reversed());
    }

    @Test
    void aCursorIsOfNoUseToAnybodyElse() {
        String cursor = list("limit=2").path("next_cursor").textValue();

        Answer foreign = running.agent(3).signed("GET", INSTANCES, "limit=2&cursor=" + cursor);

        assertThat(foreign.status()).isEqualTo(400);
        assertThat(foreign.body().path("code").textValue()).isEqualTo("invalid_cursor");
        assertThat(agent.signed("GET", INSTANCES, "status=live&cursor=" + cursor).status()).isEqualTo(400);
        assertThat(agent.signed("GET", KEYS, "cursor=" + cursor).status()).isEqualTo(400);
        assertThat(cursor).doesNotContain(agent.address().substring(2));
    }

    @Test
    void anotherWalletInTheQueryShowsNoMoreThanTheCallersOwn() {
        assertThat(ids(list("wallet=" + running.agent(3).address()))).isEqualTo(MACHINES.reversed());
    }

    @Test
    void keysComeInPagesToo() {
        List<String> made = IntStream.range(0, 5).mapToObj(any -> agent.signed("POST", KEYS).body())
                .peek(key -> UsedSecrets.remember(key.path("api_key").textValue()))
                .map(key -> key.path("id").textValue()).toList();
        agent.signed("DELETE", KEYS + "/" + made.get(3));

        JsonNode first = agent.signed("GET", KEYS, "limit=3").body();
        JsonNode second = agent.signed("GET", KEYS, "limit=3&cursor=" + first.path("next_cursor").textValue()).body();

        List<String> listed = new ArrayList<>(keyIds(first));
        listed.addAll(keyIds(second));
        assertThat(listed).isEqualTo(made.reversed());
        assertThat(second.path("has_more").booleanValue()).isFalse();
        assertThat(keyIds(agent.signed("GET", KEYS, "status=revoked").body())).containsExactly(made.get(3));
        assertThat(keyIds(agent.signed("GET", KEYS, "status=active").body())).hasSize(4).doesNotContain(made.get(3));
    }

    @Test
    void plansAreFoundByWhatAnAgentNeeds() {
        JsonNode found = agent.send("GET", "/compute/plans?gpu=true&min_vram_gb=8&max_hourly=2&sort=price", Map.of(),
                new byte[0]).body();

        assertThat(found.path("plans")).isNotEmpty().allSatisfy(plan -> {
            assertThat(plan.path("gpu_vram_gb").intValue()).isGreaterThanOrEqualTo(8);
            assertThat(plan.path("our_hourly").doubleValue()).isLessThanOrEqualTo(2);
        });
        assertThat(found.path("plans").valueStream().map(plan -> plan.path("our_hourly").decimalValue()).toList())
                .isSorted();
    }

    @Test
    void aPlanSaysWhereItIsInStock() {
        JsonNode plans = agent.send("GET", "/compute/plans", Map.of(), new byte[0]).body().path("plans");

        assertThat(plans).isNotEmpty().allSatisfy(plan -> {
            JsonNode stock = plan.path("location_stock");
            assertThat(stock.propertyStream().map(Map.Entry::getKey)).containsExactlyInAnyOrderElementsOf(
                    plan.path("location_price").propertyStream().map(Map.Entry::getKey).toList());
            assertThat(stock.propertyStream().filter(region -> region.getValue().booleanValue()).map(Map.Entry::getKey))
                    .containsExactlyInAnyOrderElementsOf(
                            plan.path("locations").valueStream().map(JsonNode::textValue).toList());
        });
    }

    private static JsonNode list(String query) {
        Answer answer = agent.signed("GET", INSTANCES, query);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> ids(JsonNode list) {
        return list.path("instances").valueStream().map(machine -> machine.path("id").textValue()).toList();
    }

    private static List<String> keyIds(JsonNode list) {
        return list.path("api_keys").valueStream().map(key -> key.path("id").textValue()).toList();
    }
}
