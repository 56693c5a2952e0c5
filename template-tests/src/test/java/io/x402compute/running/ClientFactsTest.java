package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;

/** What the clients in the field read and trip over: fields, their types, headers. */
class ClientFactsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final byte[] NO_BODY = new byte[0];
    private static final String INSTANCES = "/compute/instances";

    private final Agent agent = running.agent(2);

    @Test
    void everyPlanHasWhatClientsReadAndInTheTypeTheyRead() {
        JsonNode body = get("/compute/plans").body();
        Set<String> regions = get("/compute/regions").body().path("regions").valueStream()
                .map(region -> region.path("id").textValue()).collect(Collectors.toSet());

        assertThat(body.path("count").intValue()).isEqualTo(body.path("plans").size()).isPositive();
        assertThat(body.path("plans")).allSatisfy(plan -> {
            assertTexts(plan, "id", "name", "type");
            assertThat(plan.path("provider").textValue()).isEqualTo("vultr");
            Stream.of("vcpu_count", "ram", "disk", "disk_count", "bandwidth")
                    .forEach(field -> assertThat(plan.path(field).isInt()).as(field).isTrue());
            assertThat(plan.path("vcpu_count").intValue()).isPositive();
            Stream.of("monthly_cost", "our_monthly", "our_daily", "our_hourly", "vultr_monthly")
                    .forEach(field -> assertThat(plan.path(field).isNumber()).as(field).isTrue());
            BigDecimal hourly = plan.path("our_hourly").decimalValue();
            assertThat(hourly).isPositive();
            assertThat(hourly.stripTrailingZeros().scale()).isLessThanOrEqualTo(6);
            assertThat(plan.path("our_daily").decimalValue())
                    .isEqualByComparingTo(hourly.multiply(BigDecimal.valueOf(24)));
            assertThat(plan.path("locations")).isNotEmpty()
                    .allSatisfy(location -> assertThat(regions).contains(location.textValue()));
        });
        assertNoNulls(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vps", "vhp", "vcg"})
    void plansOfATypeAreAPartOfAllPlans(String type) {
        JsonNode all = get("/compute/plans").body().path("plans");
        JsonNode some = get("/compute/plans?type=" + type).body().path("plans");

        assertThat(some.size()).isBetween(1, all.size() - 1);
        assertThat(all).containsAll(some);
    }

    @Test
    void everyGpuPlanSaysWhichGpuAndHowMuchOfIt() {
        assertThat(get("/compute/plans?type=vcg").body().path("plans")).isNotEmpty().allSatisfy(plan -> {
            assertTexts(plan, "gpu_type");
            assertThat(plan.path("gpu_vram_gb").intValue()).isPositive();
        });
    }

    @Test
    void regionsAndImagesAreCompleteUnderEveryNameClientsLookThemUpBy() {
        JsonNode regions = get("/compute/regions").body();
        JsonNode images = get("/compute/os").body();

        assertThat(regions.path("regions")).isNotEmpty()
                .allSatisfy(region -> assertTexts(region, "id", "city", "country", "continent"));
        assertThat(images.path("os")).isEqualTo(images.path("os_options")).isNotEmpty()
                .anySatisfy(image -> assertThat(image.path("id").intValue()).isEqualTo(2284))
                .allSatisfy(image -> assertTexts(image, "name", "arch", "family"));
    }

    @Test
    void theChallengeOfVersion1HasEveryFieldItsClientsInsistOn() {
        Answer answer = agent.post(PROVISION, MachineRequest.body(), Map.of());

        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(answer.body().path("x402Version").isInt()).isTrue();
        assertThat(answer.body().path("x402Version").intValue()).isEqualTo(1);
        assertThat(answer.body().path("error").textValue()).isEqualTo("Payment required");
        assertThat(answer.body().path("accepts")).singleElement().satisfies(offer -> {
            assertTexts(offer, "maxAmountRequired", "description", "mimeType");
            assertThat(offer.path("scheme").textValue()).isEqualTo("exact");
            assertThat(offer.path("network").textValue()).isEqualTo("base");
            assertThat(offer.path("resource").textValue()).isEqualTo(running.cloud().apiUrl() + PROVISION);
            assertThat(offer.path("payTo").textValue()).isEqualTo(running.operator());
            assertThat(offer.path("asset").textValue()).isEqualTo("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
            assertThat(offer.path("maxTimeoutSeconds").intValue()).isPositive();
            assertThat(offer.path("extra")).isEqualTo(Json.object().put("name", "USD Coin").put("version", "2"));
        });
    }

    @Test
    void aProbeWithoutABodyLearnsTheCheapestOffer() {
        Answer answer = agent.send("POST", PROVISION, Map.of("Content-Type", "application/json"), NO_BODY);

        assertThat(answer.status()).isEqualTo(402);
        long cheapest = get("/compute/plans").body().path("plans").valueStream()
                .map(plan -> plan.path("our_daily").decimalValue().movePointRight(6)).min(BigDecimal::compareTo)
                .orElseThrow().longValueExact();
        assertThat(answer.body().at("/accepts/0/maxAmountRequired").asLong()).isEqualTo(cheapest);
    }

    @Test
    void listsHoldNoNullsWhateverStateTheMachinesAreIn() {
        agent.signed("DELETE", MachineRequest.instance(agent.machine()));
        agent.machine();
        running.awaitBoot();
        agent.machine();

        JsonNode list = agent.signed("GET", INSTANCES).body();

        assertThat(list.path("instances")).extracting(instance -> instance.path("status").textValue())
                .contains("provisioning", "active", "destroyed");
        assertThat(list.path("count").intValue()).isEqualTo(list.path("instances").size());
        assertNoNulls(list);
        assertThat(list.path("instances")).allSatisfy(ClientFactsTest::assertCompleteOrder);
        assertThat(list.path("instances").valueStream().map(ClientFactsTest::created))
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void aMachineThatRunsSaysWhatItIs() {
        String id = agent.machine();
        running.awaitBoot();

        JsonNode body = agent.signed("GET", MachineRequest.instance(id)).body();

        assertThat(body.path("instance")).isEqualTo(body.path("order"));
        assertTexts(body.path("order"), "vultr_instance_id", "provider_instance_id", "os", "vultr_os");
        assertThat(body.at("/order/vultr_v6_main_ip").asText()).as("what it does not have").isEmpty();
        assertThat(body.at("/order/vultr_server_status").textValue()).isEqualTo("ok");
        Stream.of("vultr_vcpu_count", "vultr_ram", "vultr_disk")
                .forEach(field -> assertThat(body.path("order").path(field).intValue()).as(field).isPositive());
    }

    @Test
    void noSuccessLooksLikeAnErrorAndNoAnswerNamesAPassword() {
        Answer bought = Answer.of(agent.buy(PROVISION, MachineRequest.body()).response());
        String id = bought.order().path("id").textValue();
        List<Answer> answers = List.of(bought, agent.signed("GET", MachineRequest.instance(id)),
                agent.signed("GET", INSTANCES),
                Answer.of(agent.buy(MachineRequest.extend(id), Json.object()).response()),
                agent.signed("DELETE", MachineRequest.instance(id)));

        assertThat(answers).extracting(Answer::status).containsExactly(201, 200, 200, 200, 200);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.body().has("error")).isFalse();
            assertThat(answer.body().has("detail")).isFalse();
            // As a value it may tell how a machine is entered.
            assertThat(Json.write(answer.body())).doesNotContainPattern("(?i)\"[^\"]*password[^\"]*\":");
        });
        assertCompleteOrder(bought.order());
        assertThat(bought.body().path("tx_hash").textValue()).matches("0x[0-9a-f]{64}");
    }

    @Test
    void clientsRecogniseTwoErrorsByTheirText() {
        Answer tooShort = agent.post(PROVISION, MachineRequest.body().put("prepaid_hours", 23), Map.of());

        assertThat(tooShort.body().path("error").textValue()).isEqualTo("Minimum prepaid period is 24 hours");
        assertThat(get(INSTANCES).body().path("error").textValue()).isEqualTo("Missing auth headers");
    }

    @Test
    void browsersMaySendWhatTheClientsSend() {
        String sent = "content-type,x-payment,payment-signature,access-control-expose-headers,x-api-key,authorization,"
                + "x-auth-address,x-auth-chain,x-auth-signature,x-auth-timestamp,x-auth-nonce,x-auth-sig-encoding,idempotency-key";

        Answer preflight = agent.send("OPTIONS", PROVISION, Map.of("Origin", "https://agent.example",
                "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", sent), NO_BODY);

        assertThat(preflight.status()).isEqualTo(204);
        assertThat(values(preflight, "access-control-allow-origin")).containsExactly("*");
        assertThat(values(preflight, "access-control-allow-methods")).contains("get", "post", "delete");
        assertThat(values(preflight, "access-control-allow-headers")).contains(sent.split(","));
    }

    @Test
    void browsersMayReadTheOfferAndTheReceipt() {
        Answer answer = agent.post(PROVISION, MachineRequest.body(), Map.of("Origin", "https://agent.example"));

        assertThat(values(answer, "access-control-expose-headers"))
                .contains("payment-required", "payment-response", "x-payment-response", "retry-after");
    }

    private Answer get(String path) {
        return agent.send("GET", path, Map.of(), NO_BODY);
    }

    private static void assertCompleteOrder(JsonNode order) {
        assertTexts(order, "id", "status", "vultr_status", "plan", "vultr_plan", "region", "vultr_region", "ip_address",
                "label",
                "provider", "user_wallet");
        assertThat(order.path("prepaid_hours").isInt()).isTrue();
        assertThat(order.path("payment_amount").isNumber()).isTrue();
        Instant created = created(order);
        // Whole hours: a resize makes of them whatever the rest is worth.
        assertThat(Duration.between(created, Instant.parse(order.path("expires_at").textValue())).toHours())
                .isEqualTo(order.path("prepaid_hours").intValue());
        assertThat(order.path("expires_at").textValue()).endsWith("Z");
    }

    private static Instant created(JsonNode order) {
        return Instant.parse(order.path("created_at").textValue());
    }

    private static void assertTexts(JsonNode json, String... fields) {
        assertThat(fields).allSatisfy(field -> assertThat(json.path(field).textValue()).as(field).isNotBlank());
    }

    private static void assertNoNulls(JsonNode json) {
        assertThat(json.isNull()).isFalse();
        json.forEach(ClientFactsTest::assertNoNulls);
    }

    private static List<String> values(Answer answer, String header) {
        return answer.headers().allValues(header).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(value -> value.strip().toLowerCase(Locale.ROOT)).toList();
    }
}
