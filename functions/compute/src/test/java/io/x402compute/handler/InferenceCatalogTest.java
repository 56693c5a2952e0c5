package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.ApiFunction;
import io.x402compute.http.FakeContext;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.http.Requests;
import io.x402compute.http.RunFailed;
import io.x402compute.inference.model.DynamoModels;
import io.x402compute.inference.model.Model;
import io.x402compute.inference.model.ModelList;
import io.x402compute.inference.model.TokenPrice;
import io.x402compute.store.LocalAws;

class InferenceCatalogTest {
    private static final String UPSTREAMS = "vultr=https://inference.invalid/v1";

    @RegisterExtension
    final LocalAws aws = new LocalAws();

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00Z"));

    @Test
    void aServiceSaysWhatItIsAndWhoMayRunIt() {
        has(new Model("flux.1-schnell", Optional.empty()));

        JsonNode service = service(catalog(UPSTREAMS), "image-4090");

        assertThat(service.path("available").booleanValue()).isTrue();
        assertThat(service.path("models")).isEqualTo(Json.readOwn("[\"flux.1-schnell\"]"));
        assertThat(service.path("aliases")).isEqualTo(Json.readOwn("[\"flux-schnell\"]"));
        assertThat(service.path("default_cost_usd").decimalValue()).isEqualByComparingTo("0.01");
        assertThat(service.path("pricing")).isEqualTo(Json.readOwn("""
                {"metered": false, "minimum_usd": 0.01, "rates": [{"meter": "images", "per": 1, "usd": 0.01}]}"""));
        assertThat(service.at("/input_schema/properties/width/default").intValue()).isEqualTo(1024);
    }

    @Test
    void whatNobodyRunsIsListedAndNotAvailable() {
        JsonNode catalog = catalog("");

        assertThat(catalog.path("active_endpoints").intValue()).isZero();
        assertThat(catalog.path("count").intValue()).isGreaterThanOrEqualTo(26);
        assertThat(service(catalog, "llm-4090").path("available").booleanValue()).isFalse();
        assertThat(service(catalog, "llm-4090").path("models")).isEmpty();
    }

    @Test
    void anEstimateIsWhatIsAskedWhateverTheServiceIsCalled() {
        JsonNode estimate = estimate(UPSTREAMS, Map.of("service", "flux-schnell"));

        assertThat(estimate.path("service").asText()).isEqualTo("image-4090");
        assertThat(estimate.path("estimated_cost_usd").decimalValue()).isEqualByComparingTo("0.01");
        assertThat(estimate.path("amount").asText()).isEqualTo("10000");
        assertThat(estimate.path("price_per_second").isNull()).isTrue();
    }

    @Test
    void secondsAreThoseOfWhatIsChargedByTime() {
        JsonNode estimate = estimate(UPSTREAMS, Map.of("service", "whisper-l4", "seconds", "120"));

        assertThat(estimate.path("estimated_cost_usd").decimalValue()).isEqualByComparingTo("0.01");
        assertThat(estimate.path("price_per_second").decimalValue()).isEqualByComparingTo("0.000083333");
        assertThat(estimate.path("metered").booleanValue()).isTrue();
    }

    @Test
    void fieldsOfTheInputChangeTheEstimate() {
        BigDecimal little = estimate(UPSTREAMS, Map.of("service", "llm-4090", "max_tokens", "1000"))
                .path("estimated_cost_usd").decimalValue();
        BigDecimal much = estimate(UPSTREAMS, Map.of("service", "llm-4090", "max_tokens", "2000"))
                .path("estimated_cost_usd").decimalValue();

        assertThat(much.subtract(little)).isEqualByComparingTo("0.003");
    }

    @Test
    void aFieldStandsInForTheOneOfTheExampleThatItCannotBeSentBeside() {
        assertThat(estimate(UPSTREAMS, Map.of("service", "llm-4090", "prompt", "Hi")).path("amount").asText())
                .isEqualTo("3000");
    }

    @Test
    void whatTheUpstreamChargesIsTheLeastThatIsAsked() {
        BigDecimal usual = estimate(UPSTREAMS, Map.of("service", "llm-4090")).path("estimated_cost_usd").decimalValue();

        has(new Model("glm-5.3-flash",
                Optional.of(new TokenPrice(new BigDecimal("0.0001"), new BigDecimal("0.0001")))));

        assertThat(estimate(UPSTREAMS, Map.of("service", "llm-4090")).path("estimated_cost_usd").decimalValue())
                .isGreaterThan(usual);
    }

    @Test
    void aRefreshThatReachesNobodyHasFailedAndOneWithoutUpstreamsHasNothingToDo() {
        RefreshModels nobodyThere = new RefreshModels(application("vultr=http://localhost:1/v1"));
        FakeContext context = new FakeContext();

        assertThatThrownBy(() -> nobodyThere.handleRequest(Map.of(), new FakeContext())).isInstanceOf(RunFailed.class);
        new RefreshModels(application("")).handleRequest(Map.of(), context);
        assertThat(context.lines()).singleElement().asString().contains("\"upstreams\":0,\"upstreams_unread\":0");
    }

    private void has(Model... models) {
        new DynamoModels(aws.table("catalog")).save(
                new ModelList("vultr", List.of(models), List.of(models), clock.instant()));
    }

    private JsonNode catalog(String upstreams) {
        return answer(new ListServices(application(upstreams)), "/catalog", Map.of());
    }

    private static JsonNode service(JsonNode catalog, String key) {
        return catalog.path("services").valueStream().filter(service -> service.path("key").asText().equals(key))
                .findFirst().orElseThrow();
    }

    private JsonNode estimate(String upstreams, Map<String, String> query) {
        return answer(new EstimateRun(application(upstreams)), "/catalog/estimate", query);
    }

    private static JsonNode answer(ApiFunction function, String path, Map<String, String> query) {
        APIGatewayV2HTTPEvent event = Requests.event("GET", path, "");
        event.setQueryStringParameters(query);
        return Json.readOwn(function.handleRequest(event, new FakeContext()).getBody());
    }

    private Application application(String upstreams) {
        Map<String, String> environment = new LinkedHashMap<>(aws.environment());
        environment.put("CATALOG_TABLE", "catalog");
        environment.put("INFERENCE_UPSTREAMS", upstreams);
        return new Application(environment, clock);
    }
}
