package io.x402compute.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.catalog.CatalogRefresh.Outcome.ProviderFailed;
import io.x402compute.catalog.CatalogRefresh.Outcome.Refreshed;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.store.LocalDynamo;
import io.x402compute.vultr.Failure;
import io.x402compute.vultr.Pace;
import io.x402compute.vultr.VultrClient;
import io.x402compute.x402.protocol.Usdc;

class CatalogRefreshTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final String VPS = "vc2-2c-4gb";
    private static final String GPU = "vcg-a16-2c-8g-2vram";

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeProvider provider = new FakeProvider();
    private DynamoCatalogue catalogue;

    @BeforeEach
    void sellOnePlanOfEachKind() {
        catalogue = new DynamoCatalogue(dynamo.table("catalog"));
        provider.plan(VPS, "vc2", "20", "0.027", "ewr", "fra");
        provider.gpuPlan(GPU, "NVIDIA_A16", 2, "0.059", "ewr");
        provider.image(2284, "Ubuntu 24.04 LTS x64", "ubuntu");
        provider.image(387, "Ubuntu 20.04 LTS x64", "ubuntu");
        provider.image(501, "Windows 2022 Standard x64", "windows");
        provider.image(159, "Custom", "iso");
    }

    @AfterEach
    void closeTheProvider() {
        provider.close();
    }

    @Test
    void everythingTheProviderSellsIsListed() {
        assertThat(refresh()).isEqualTo(new Refreshed(2, 6, 0));

        assertThat(catalogue.plans()).extracting(Plan::id).containsExactly(VPS, GPU);
        assertThat(catalogue.plan(GPU)).hasValueSatisfying(plan -> {
            assertThat(plan.name()).isEqualTo("NVIDIA A16 2 GB");
            assertThat(plan.gpu()).contains(new Gpu("NVIDIA A16", 1, 2));
            assertThat(plan.hourlyPrice("ewr", clock.instant())).contains(new Usdc(70_800));
            assertThat(plan.soldIn("fra")).isFalse();
            assertThat(plan.inStock("fra")).isFalse();
        });
        assertThat(plan().name()).isEqualTo("Cloud Compute 2 vCPU 4 GB");
        assertThat(catalogue.regions()).extracting(Region::id).containsExactly("ewr", "fra");
        assertThat(catalogue.images()).extracting(Image::id).containsExactly(387L, 2284L);
        assertThat(catalogue.image(2284)).isPresent();
        assertThat(catalogue.image(501)).isEmpty();
        assertThat(catalogue.refreshedAt()).contains(clock.instant());
    }

    @Test
    void refreshWithoutNewsWritesNothing() {
        refresh();

        assertThat(refreshLater()).isEqualTo(new Refreshed(2, 0, 0));
        assertThat(catalogue.refreshedAt()).contains(clock.instant());
    }

    @Test
    void stockFollowsTheProvider() {
        refresh();
        assertThat(plan().regionsInStock()).containsExactly("ewr", "fra");

        provider.sellOut(VPS, "fra");
        assertThat(refreshLater()).isEqualTo(new Refreshed(2, 1, 0));
        assertThat(plan().regionsInStock()).containsExactly("ewr");
        assertThat(plan().soldIn("fra")).isTrue();

        provider.restock(VPS, "fra");
        refreshLater();
        assertThat(plan().inStock("fra")).isTrue();
    }

    @Test
    void stockThatCannotBeReadStaysAsItWas() {
        refresh();
        provider.sellOut(VPS, "ewr");
        provider.fail("/regions/ewr/availability", 503);

        assertThat(refreshLater()).isEqualTo(new Refreshed(2, 0, 1));
        assertThat(plan().inStock("ewr")).isTrue();
    }

    @Test
    void changedPriceHoldsTheOldOneForTenMinutes() {
        refresh();
        Instant first = clock.instant();
        provider.plan(VPS, "vc2", "40", "0.055", "ewr", "fra");
        refreshLater();
        Instant second = clock.instant();

        assertThat(plan().hourlyPrice("ewr", second.minusMillis(1))).contains(new Usdc(35_715));
        assertThat(plan().hourlyPrice("ewr", second)).contains(new Usdc(71_429));
        assertThat(plan().hourlyPricesInForceSince("ewr", first)).containsExactly(new Usdc(71_429), new Usdc(35_715));
        assertThat(plan().hourlyPricesInForceSince("ewr", second)).containsExactly(new Usdc(71_429));

        refreshLater();
        assertThat(plan().hourlyPrice("ewr", first)).contains(new Usdc(35_715));
        refreshLater();
        assertThat(plan().hourlyPrice("ewr", first)).isEmpty();
    }

    @Test
    void planMissingFromOneAnswerIsStillSold() {
        refresh();
        provider.withdraw(VPS);
        refreshLater();
        assertThat(plan().inStock("ewr")).isTrue();

        provider.plan(VPS, "vc2", "20", "0.027", "ewr", "fra");
        refreshLater();
        assertThat(plan().missingSince()).isEmpty();
        assertThat(plan().offers()).allSatisfy(offer -> assertThat(offer.prices()).hasSize(1));
    }

    @Test
    void withdrawnPlanIsRemovedWhenItsLastPriceCannotBePaidAnyMore() {
        refresh();
        provider.withdraw(VPS);
        refreshLater();
        refreshLater();
        Instant lastSold = clock.instant().minusMillis(1);
        refreshLater();

        assertThat(plan().soldIn("ewr")).isFalse();
        assertThat(plan().inStock("ewr")).isFalse();
        assertThat(plan().hourlyPricesInForceSince("ewr", lastSold)).containsExactly(new Usdc(35_715));

        refreshLater();
        refreshLater();
        assertThat(catalogue.plan(VPS)).isEmpty();
        assertThat(catalogue.plans()).extracting(Plan::id).containsExactly(GPU);
    }

    @Test
    void regionThatIsNotSoldAnyMoreLosesItsOffer() {
        refresh();
        provider.plan(VPS, "vc2", "20", "0.027", "ewr");
        refreshLater();
        assertThat(plan().soldIn("fra")).isFalse();
        assertThat(plan().inStock("fra")).isFalse();

        refreshLater();
        refreshLater();
        assertThat(plan().offers()).extracting(RegionalOffer::region).containsExactly("ewr");
    }

    @Test
    void plansThatCannotBeSoldAsTheyAreAreNotListed() {
        provider.plan("a-free", "vc2", "0", "0", "ewr");
        provider.plan("b-preemptible", "vc2", "20", "0.03", "ewr").put("deploy_ondemand", false);
        provider.plan("c-diskless", "vx1", "20", "0.03", "ewr").put("storage_type", "block_storage");
        provider.plan("d-nowhere", "vc2", "20", "0.03");
        provider.plan("e-nowhere", "vc2", "20", "0.03").putArray("locations").add("");
        provider.plan("f-unknown-gpu", "vdm", "20", "0.03", "ewr");
        provider.plan("g-free-there", "vc2", "20", "0.03", "ewr").putObject("location_cost").putObject("ewr")
                .put("monthly_cost", 0).put("hourly_cost", 0);
        refresh();

        assertThat(catalogue.plans()).extracting(Plan::id).containsExactly(VPS, GPU);
    }

    @Test
    void wholeCardPlanSaysWhatTheProviderDoesNotTell() {
        provider.plan("vcg-a40-96c-480g-192vram", "vdm", "5000", "6.849", "ewr").put("gpu_brand", "NVIDIA");
        refresh();

        assertThat(catalogue.plan("vcg-a40-96c-480g-192vram")).hasValueSatisfying(plan -> {
            assertThat(plan.name()).isEqualTo("4x NVIDIA A40 192 GB");
            assertThat(plan.gpu()).contains(new Gpu("NVIDIA A40", 4, 192));
        });
    }

    @Test
    void regionalPriceOfTheProviderIsPassedOn() {
        provider.plan(VPS, "vc2", "20", "0.027", "ewr", "sao").set("location_cost",
                Json.readOwn("{\"sao\":{\"monthly_cost\":30,\"hourly_cost\":0.041}}"));
        refresh();

        assertThat(plan().hourlyPrice("ewr", clock.instant())).contains(new Usdc(35_715));
        assertThat(plan().hourlyPrice("sao", clock.instant())).contains(new Usdc(53_572));
    }

    @Test
    void failingProviderLeavesTheCatalogueAsItIs() {
        refresh();
        Instant refreshed = clock.instant();
        List<Plan> before = catalogue.plans();

        for (String path : List.of("/plans", "/regions", "/os", "/regions/ewr/availability")) {
            int status = path.endsWith("availability") ? 401 : 503;
            provider.fail(path, status);
            assertThat(refreshLater()).isEqualTo(
                    new ProviderFailed(status == 401 ? Failure.Kind.CONFIGURATION : Failure.Kind.UNAVAILABLE));
            provider.recover();
        }
        provider.clear();
        assertThat(refreshLater()).isInstanceOf(ProviderFailed.class);

        assertThat(catalogue.plans()).isEqualTo(before);
        assertThat(catalogue.refreshedAt()).contains(refreshed);
    }

    private Plan plan() {
        return catalogue.plan(VPS).orElseThrow();
    }

    private CatalogRefresh.Outcome refreshLater() {
        clock.advance(FIVE_MINUTES);
        return refresh();
    }

    private CatalogRefresh.Outcome refresh() {
        return new CatalogRefresh(new VultrClient(provider.url(), () -> "key", new Pace(new NoTime())), catalogue, 20,
                clock)
                .refresh();
    }

    /** Waiting takes no time. */
    private static final class NoTime implements Pace.Time {
        private long nanos;

        @Override
        public synchronized long nanos() {
            return nanos;
        }

        @Override
        public synchronized void sleep(Duration duration) {
            nanos += duration.toNanos();
        }
    }
}
