package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.catalog.CatalogFixture;
import io.x402compute.http.ApiFunction;
import io.x402compute.http.FakeContext;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.http.Requests;
import io.x402compute.store.Item;
import io.x402compute.store.LocalDynamo;

class BrowseTest {
    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));

    @BeforeEach
    void fillTheCatalogue() {
        CatalogFixture.fill(dynamo.table("catalog"), clock.instant());
    }

    @Test
    void plansComeWithEveryFieldThatClientsRead() {
        APIGatewayV2HTTPResponse response = get(new ListPlans(application()), "/compute/plans", Map.of());

        assertThat(response.getHeaders()).containsEntry("Cache-Control", "public, max-age=60");
        assertThat(Json.readOwn(response.getBody())).isEqualTo(Json.readOwn("""
                {"plans": [
                  {"id": "vc2-2c-4gb", "name": "Cloud Compute 2 vCPU 4 GB", "provider": "vultr", "type": "vc2",
                   "vcpu_count": 2, "ram": 4096, "disk": 80, "disk_count": 1, "bandwidth": 3072,
                   "our_hourly": 0.035715, "our_daily": 0.85716, "our_monthly": 25.7148, "monthly_cost": 25.7148,
                   "vultr_monthly": 20, "locations": ["ewr", "sao"],
                   "location_price": {"ewr": 0.035715, "sao": 0.053572, "sjc": 0.035715},
                   "location_stock": {"ewr": true, "sao": true, "sjc": false}},
                  {"id": "vcg-a16-2c-8g-2vram", "name": "NVIDIA A16 2 GB", "provider": "vultr", "type": "vcg",
                   "vcpu_count": 2, "ram": 8192, "disk": 50, "disk_count": 1, "bandwidth": 1024,
                   "gpu_type": "NVIDIA A16", "gpu_vram_gb": 2,
                   "our_hourly": 0.0708, "our_daily": 1.6992, "our_monthly": 50.976, "monthly_cost": 50.976,
                   "vultr_monthly": 43, "locations": ["ewr"], "location_price": {"ewr": 0.0708},
                   "location_stock": {"ewr": true}}
                ], "count": 2}"""));
    }

    @Test
    void gpuPlansAreThoseOfTypeVcg() {
        JsonNode plans = Json
                .readOwn(get(new ListPlans(application()), "/compute/plans", Map.of("type", "vcg")).getBody());

        assertThat(plans.path("plans").findValuesAsText("id")).containsExactly("vcg-a16-2c-8g-2vram");
        assertThat(plans.path("count").asInt()).isEqualTo(1);
    }

    @Test
    void unknownTypeIsRefused() {
        APIGatewayV2HTTPResponse response = get(new ListPlans(application()), "/compute/plans", Map.of("type", "gpu"));

        assertThat(response.getStatusCode()).isEqualTo(400);
        assertThat(Json.readOwn(response.getBody()).path("code").asText()).isEqualTo("invalid_field");
    }

    @Test
    void regionsHaveTheirFourFields() {
        assertThat(Json.readOwn(get(new ListRegions(application()), "/compute/regions", Map.of()).getBody()))
                .isEqualTo(Json.readOwn("""
                        {"regions": [
                          {"id": "ewr", "city": "New Jersey", "country": "US", "continent": "North America"},
                          {"id": "sao", "city": "São Paulo", "country": "BR", "continent": "South America"},
                          {"id": "sjc", "city": "Silicon Valley", "country": "US", "continent": "North America"}
                        ], "count": 3}"""));
    }

    @Test
    void imagesAreUnderBothNames() {
        assertThat(Json.readOwn(get(new ListImages(application()), "/compute/os", Map.of()).getBody()))
                .isEqualTo(Json.readOwn("""
                        {"os": [
                          {"id": 387, "name": "Ubuntu 20.04 LTS x64", "arch": "x64", "family": "ubuntu"},
                          {"id": 2284, "name": "Ubuntu 24.04 LTS x64", "arch": "x64", "family": "ubuntu"}],
                         "os_options": [
                          {"id": 387, "name": "Ubuntu 20.04 LTS x64", "arch": "x64", "family": "ubuntu"},
                          {"id": 2284, "name": "Ubuntu 24.04 LTS x64", "arch": "x64", "family": "ubuntu"}],
                         "count": 2}"""));
    }

    @Test
    void listIsReadOnceAMinuteAndAgainAfterARestore() {
        ListRegions function = new ListRegions(application());
        get(function, "/compute/regions", Map.of());
        dynamo.table("catalog").delete(Item.create().put("kind", "region").put("id", "sao"));

        assertThat(count(function)).isEqualTo(3);
        function.afterRestore(null);
        assertThat(count(function)).isEqualTo(2);
    }

    @Test
    void healthIsGoodForHalfAnHourAfterARefresh() {
        CheckHealth function = new CheckHealth(application());
        assertThat(Json.readOwn(get(function, "/health", Map.of()).getBody())).isEqualTo(
                Json.readOwn("{\"status\":\"ok\",\"catalog_refreshed_at\":\"2026-01-01T00:00:00Z\"}"));

        clock.advance(Duration.ofMinutes(30));
        APIGatewayV2HTTPResponse stale = get(function, "/health", Map.of());
        assertThat(stale.getStatusCode()).isEqualTo(503);
        assertThat(Json.readOwn(stale.getBody()).path("code").asText()).isEqualTo("catalog_stale");
    }

    @Test
    void healthIsBadBeforeTheFirstRefresh() {
        dynamo.table("catalog").delete(Item.create().put("kind", "meta").put("id", "refresh"));

        assertThat(get(new CheckHealth(application()), "/health", Map.of()).getStatusCode()).isEqualTo(503);
    }

    private int count(ListRegions function) {
        return Json.readOwn(get(function, "/compute/regions", Map.of()).getBody()).path("count").asInt();
    }

    private Application application() {
        return new Application(dynamo.environment(), clock);
    }

    private static APIGatewayV2HTTPResponse get(ApiFunction function, String path, Map<String, String> query) {
        APIGatewayV2HTTPEvent event = Requests.event("GET", path, "");
        event.setQueryStringParameters(query);
        return function.handleRequest(event, new FakeContext());
    }
}
