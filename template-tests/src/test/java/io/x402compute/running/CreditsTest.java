package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.local.client.Answer;
import io.x402compute.local.provider.Fault;

/** Whose machines the provider refused sees what was given back for them. */
class CreditsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.untouched();

    private static final String BALANCE = "/compute/credits/balance";
    private static final String ENTRIES = "/compute/credits/entries";
    private static final int OTHER = 3;

    /** Oldest first. */
    private static final List<String> ORDERS = new ArrayList<>();

    private static Agent agent;
    private static Answer refusal;

    @BeforeAll
    static void buyWhatIsRefused() {
        agent = running.agent(2);
        for (int sale = 0; sale < 3; sale++) {
            running.provider().inject(new Fault.CreateRefused(400, "Invalid plan chosen."));
            refusal = Sale.of(running, agent).answer();
            running.provider().heal();
            ORDERS.add(refusal.body().path("order_id").textValue());
            running.pass(Duration.ofSeconds(1));
        }
        // What is delivered is not credited.
        agent.machine();
        running.agent(OTHER).machine();
    }

    @Test
    void theRefusalSaysWhereTheCreditIs() {
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.body().path("error").textValue()).contains(ENTRIES);
        assertThat(refusal.body().at("/details/credited").decimalValue())
                .isEqualByComparingTo(BigDecimal.valueOf(PRICE_MICROS, 6));
    }

    @Test
    void theBalanceIsAllThatWasGivenBack() {
        JsonNode balance = agent.signed("GET", BALANCE).body();

        assertThat(balance.path("wallet").textValue()).isEqualTo(agent.address());
        assertThat(new BigDecimal(balance.path("balance").textValue()))
                .isEqualByComparingTo(BigDecimal.valueOf(3 * PRICE_MICROS, 6));
        assertThat(balance.path("total_deposited")).isEqualTo(balance.path("balance"));
        assertThat(balance.path("total_spent").textValue()).isEqualTo("0.00");
    }

    @Test
    void everyRefusedOrderIsAnEntryAndNothingElseIs() {
        JsonNode list = agent.signed("GET", ENTRIES).body();

        assertThat(orders(list)).isEqualTo(ORDERS.reversed());
        assertThat(list.path("count").intValue()).isEqualTo(3);
        assertThat(list.path("entries")).allSatisfy(entry -> {
            assertThat(entry.path("amount").textValue()).isEqualTo(Long.toString(PRICE_MICROS));
            assertThat(entry.path("amount_usd").decimalValue())
                    .isEqualByComparingTo(BigDecimal.valueOf(PRICE_MICROS, 6));
            assertThat(entry.path("reason").textValue()).isEqualTo("provider_refused");
            assertThat(Instant.parse(entry.path("created_at").textValue())).isBefore(running.now());
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void pagesAddUpToTheList(int limit) {
        List<String> all = new ArrayList<>();
        JsonNode page = agent.signed("GET", ENTRIES, "limit=" + limit).body();
        all.addAll(orders(page));
        while (page.path("has_more").booleanValue()) {
            page = agent.signed("GET", ENTRIES, "limit=" + limit + "&cursor=" + page.path("next_cursor").textValue())
                    .body();
            all.addAll(orders(page));
        }

        assertThat(all).isEqualTo(ORDERS.reversed());
    }

    @Test
    void anotherWalletSeesNothing() {
        Agent other = running.agent(OTHER);
        String cursor = agent.signed("GET", ENTRIES, "limit=1").body().path("next_cursor").textValue();

        JsonNode balance = other.signed("GET", BALANCE, "wallet=" + agent.address()).body();
        JsonNode list = other.signed("GET", ENTRIES, "wallet=" + agent.address()).body();

        assertThat(balance).hasToString("{\"wallet\":\"" + other.address()
                + "\",\"balance\":0,\"total_deposited\":0,\"total_spent\":0}");
        assertThat(list).hasToString("{\"entries\":[],\"count\":0,\"has_more\":false}");
        assertThat(other.signed("GET", ENTRIES, "cursor=" + cursor).body().path("code").textValue())
                .isEqualTo("invalid_cursor");
    }

    @Test
    void aKeyOfTheWalletSeesTheSame() {
        Map<String, String> key = Map.of("X-API-Key", UsedSecrets.rememberUnkept(
                agent.signed("POST", "/compute/api-keys").body().path("api_key").textValue()));

        assertThat(agent.send("GET", BALANCE, key, new byte[0]).body()).isEqualTo(agent.signed("GET", BALANCE).body());
        assertThat(agent.send("GET", ENTRIES, key, new byte[0]).body()).isEqualTo(agent.signed("GET", ENTRIES).body());
    }

    private static List<String> orders(JsonNode list) {
        return list.path("entries").valueStream().map(entry -> entry.path("order_id").textValue()).toList();
    }
}
