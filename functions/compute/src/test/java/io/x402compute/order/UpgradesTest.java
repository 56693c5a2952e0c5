package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.http.ApiException;
import io.x402compute.http.ManualClock;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.Rentals;
import io.x402compute.instance.Upgrade;
import io.x402compute.x402.protocol.Usdc;

class UpgradesTest {
    private static final Instant NOW = Rentals.NOW;
    private static final Usdc TWICE = new Usdc(141_600);

    private final ManualClock clock = new ManualClock(NOW);
    private final FakeCatalogue catalogue = new FakeCatalogue(NOW);
    private final Upgrades upgrades = new Upgrades(catalogue, new RentalLimits(24, 4320), clock);
    private final Instance machine = Rentals.in(InstanceState.ACTIVE);

    @BeforeEach
    void offer() {
        catalogue.add("larger", "vcg", 16_384, TWICE, "ewr", true, NOW);
        catalogue.add("smaller", "vcg", 4_096, TWICE, "ewr", true, NOW);
        catalogue.add("other-kind", "vc2", 16_384, TWICE, "ewr", true, NOW);
        catalogue.add("elsewhere", "vcg", 16_384, TWICE, "sao", true, NOW);
        catalogue.add("gone", "vcg", 16_384, TWICE, "ewr", false, NOW);
        catalogue.add("very-dear", "vcg", 16_384, TWICE.times(13), "ewr", true, NOW);
        catalogue.add("given-away", "vcg", 16_384, new Usdc(100), "ewr", true, NOW);
    }

    @Test
    void aLargerPlanOfTheSameKindIsHadAtItsPresentPrice() {
        assertThat(upgrade("larger")).isEqualTo(new Upgrade(Rentals.SPEC.plan(), "larger", TWICE));
    }

    @ParameterizedTest
    @CsvSource({"vcg-a16-2c-8g-2vram, 400, same_plan", "none, 400, unknown_plan", "smaller, 400, not_an_upgrade",
        "other-kind, 400, other_kind_of_plan", "elsewhere, 400, plan_not_in_region", "gone, 400, out_of_stock",
        "very-dear, 409, too_little_time", "given-away, 409, prepaid_limit_exceeded"})
    void everythingElseIsRefused(String plan, int status, String code) {
        assertThatThrownBy(() -> upgrade(plan)).isInstanceOfSatisfying(ApiException.class, refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.code()).isEqualTo(code);
        });
    }

    @Test
    void whatIsLeftBuysAnHourToTheSecond() {
        Instant last = NOW.plus(Duration.ofHours(22));
        clock.advance(Duration.between(NOW, last));
        assertThat(upgrade("larger").hourly()).isEqualTo(TWICE);

        clock.advance(Duration.ofSeconds(2));
        assertThatThrownBy(() -> upgrade("larger")).hasMessageContaining("less than an hour");
    }

    private Upgrade upgrade(String plan) {
        return upgrades.upgrade(machine, new ResizeRequest(plan));
    }
}
