package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;

/** A price that is asked for before anything is bought. */
class QuoteTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final String QUOTE = "/compute/quote";

    private final Agent agent = running.agent(5);
    private World before;

    @BeforeEach
    void look() {
        before = running.world();
    }

    @AfterEach
    void aQuoteWritesNothing() {
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void everyPlanIsQuotedAtWhatItsChallengeThenAsks() {
        JsonNode plans = get("/compute/plans").body().path("plans");
        assertThat(plans).hasSizeGreaterThan(10);
        int hours = 24;
        for (JsonNode plan : plans) {
            String id = plan.path("id").textValue();
            JsonNode locations = plan.path("locations");
            String region = locations.path(hours % locations.size()).textValue();

            JsonNode quote = quoted("?plan=%s&region=%s&prepaid_hours=%d".formatted(id, region, hours));

            ObjectNode body = MachineRequest.body().put("plan", id).put("region", region).put("prepaid_hours", hours);
            assertThat(quote.path("amount").textValue()).as("%s", quote).isEqualTo(asked(PROVISION, body));
            assertThat(quote.path("hourly_price").decimalValue())
                    .isEqualByComparingTo(plan.path("location_price").path(region).decimalValue());
            hours += 7;
        }
    }

    @Test
    void aQuoteHasWhatOneNeedsToDecide() {
        JsonNode quote = quoted("?plan=" + MachineRequest.PLAN + "&region=ewr&prepaid_hours=24");

        assertThat(Instant.parse(quote.path("valid_until").textValue()))
                .isBetween(running.now().plusSeconds(290), running.now().plusSeconds(300));
        ((ObjectNode) quote).remove("valid_until");
        assertThat(quote).isEqualTo(Json.readOwn("""
                {"prepaid_hours": 24, "hourly_price": 0.0708, "payment_amount": 1.6992, "amount": "1699200",
                 "network": "base", "networks": ["base", "solana"], "plan": "%s", "region": "ewr", "in_stock": true}"""
                .formatted(MachineRequest.PLAN)));
    }

    @Test
    void whatIsSoldOutIsRefusedAsItsPurchaseIs() {
        String plan = soldOut();
        Answer quote = get(QUOTE + "?plan=" + plan + "&region=ewr");
        Answer challenge = agent.post(PROVISION, MachineRequest.body().put("plan", plan), Map.of());

        assertThat(quote.status()).isEqualTo(challenge.status()).isEqualTo(400);
        assertThat(quote.body().path("code")).isEqualTo(challenge.body().path("code"));
        assertThat(quote.body().path("error")).isEqualTo(challenge.body().path("error"));
    }

    @Test
    void moreTimeIsQuotedToTheOwnerAtWhatItsChallengeThenAsks() {
        String id = agent.machine();
        before = running.world();

        Answer quote = agent.signed("GET", QUOTE, "instance_id=" + id + "&extend_hours=48");

        assertThat(quote.status()).isEqualTo(200);
        assertThat(quote.body().path("amount").textValue())
                .isEqualTo(asked(MachineRequest.extend(id), Json.object().put("extend_hours", 48)));
        assertThat(quote.body().path("extend_hours").intValue()).isEqualTo(48);
        assertThat(quote.body().path("instance_id").textValue()).isEqualTo(id);
        assertThat(running.agent(4).signed("GET", QUOTE, "instance_id=" + id).status()).isEqualTo(404);
    }

    /** A plan of this name is in no stock: the catalogue says so of some plan in some region. */
    private String soldOut() {
        for (JsonNode plan : get("/compute/plans").body().path("plans")) {
            if (!plan.path("location_stock").path("ewr").asBoolean(true)) {
                return plan.path("id").textValue();
            }
        }
        return "vcg-none";
    }

    /** What the challenge of version 2 asks, in micro-USDC. */
    private String asked(String path, ObjectNode body) {
        return agent.quote(path, body).asSent().path("amount").textValue();
    }

    private JsonNode quoted(String query) {
        Answer answer = get(QUOTE + query);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private Answer get(String path) {
        return agent.send("GET", path, Map.of(), new byte[0]);
    }
}
