package io.x402compute.catalog;

import static io.x402compute.catalog.CatalogFixture.GPU;
import static io.x402compute.catalog.CatalogFixture.VPS;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.store.LocalDynamo;

class PlanSearchTest {
    private static final Optional<String> ANYWHERE = Optional.empty();

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private List<Plan> plans;

    @BeforeEach
    void fill() {
        CatalogFixture.fill(dynamo.table("catalog"), Instant.parse("2026-01-01T00:00:00Z"));
        plans = new DynamoCatalogue(dynamo.table("catalog")).plans();
    }

    @Test
    void onlyWhatCanBeHadIsFound() {
        assertThat(in(ANYWHERE)).containsExactly(VPS, GPU);
        assertThat(in(Optional.of("ewr"))).containsExactly(VPS, GPU);
        assertThat(in(Optional.of("sao"))).containsExactly(VPS);
        assertThat(in(Optional.of("sjc"))).as("sold there, and out of stock").isEmpty();
        assertThat(in(Optional.of("nowhere"))).isEmpty();
    }

    @Test
    void graphicsAreThereOrNotOrOfAKind() {
        assertThat(gpu(Optional.of(true), Optional.empty(), OptionalInt.empty())).containsExactly(GPU);
        assertThat(gpu(Optional.of(false), Optional.empty(), OptionalInt.empty())).containsExactly(VPS);
        assertThat(gpu(Optional.empty(), Optional.of("nvidia a16"), OptionalInt.empty())).containsExactly(GPU);
        assertThat(gpu(Optional.empty(), Optional.of("H100"), OptionalInt.empty())).isEmpty();
        assertThat(gpu(Optional.empty(), Optional.empty(), OptionalInt.of(2))).containsExactly(GPU);
        assertThat(gpu(Optional.empty(), Optional.empty(), OptionalInt.of(3))).isEmpty();
    }

    @Test
    void priceIsTheLowestOrThatOfTheRegion() {
        assertThat(upTo("0.035714", ANYWHERE)).isEmpty();
        assertThat(upTo("0.035715", ANYWHERE)).containsExactly(VPS);
        assertThat(upTo("0.053571", Optional.of("sao"))).isEmpty();
        assertThat(upTo("0.053572", Optional.of("sao"))).containsExactly(VPS);
    }

    @Test
    void cheapestComesFirstIfThatIsWanted() {
        List<Plan> dearestFirst = plans.reversed();
        PlanSearch search = new PlanSearch(plan -> true, ANYWHERE, Optional.empty(), Optional.empty(),
                OptionalInt.empty(), Optional.empty(), true);

        assertThat(search.among(dearestFirst)).extracting(Plan::id).containsExactly(VPS, GPU);
    }

    private List<String> in(Optional<String> region) {
        return ids(new PlanSearch(plan -> true, region, Optional.empty(), Optional.empty(), OptionalInt.empty(),
                Optional.empty(), false));
    }

    private List<String> gpu(Optional<Boolean> gpu, Optional<String> type, OptionalInt vram) {
        return ids(new PlanSearch(plan -> true, ANYWHERE, gpu, type, vram, Optional.empty(), false));
    }

    private List<String> upTo(String dollars, Optional<String> region) {
        return ids(new PlanSearch(plan -> true, region, Optional.empty(), Optional.empty(), OptionalInt.empty(),
                Optional.of(new BigDecimal(dollars)), false));
    }

    private List<String> ids(PlanSearch search) {
        return search.among(plans).stream().map(Plan::id).toList();
    }
}
