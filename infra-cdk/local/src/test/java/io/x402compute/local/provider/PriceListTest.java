package io.x402compute.local.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.x402compute.vultr.Create;
import io.x402compute.vultr.Refusal;
import io.x402compute.vultr.VultrBareMetalPlan;
import io.x402compute.vultr.VultrCost;
import io.x402compute.vultr.VultrException;
import io.x402compute.vultr.VultrImage;
import io.x402compute.vultr.VultrPlan;
import io.x402compute.vultr.VultrRegion;

class PriceListTest {
    private final Provider provider = new Provider();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void plansOfEveryTypeAreRead() throws VultrException {
        Map<String, VultrPlan> plans = provider.client.plans().stream()
                .collect(Collectors.toMap(VultrPlan::id, Function.identity()));

        VultrPlan fraction = plans.get("vcg-a16-2c-16g-4vram");
        assertThat(fraction.gpuCount()).contains("1/4");
        assertThat(fraction.gpuVramGb()).hasValue(4);
        assertThat(fraction.cost()).isEqualTo(new VultrCost(new BigDecimal("86"), new BigDecimal("0.118")));

        VultrPlan wholeCard = plans.get("vcg-a40-24c-120g-48vram");
        assertThat(wholeCard.type()).isEqualTo("vdm");
        assertThat(wholeCard.gpuBrand()).contains("NVIDIA");
        assertThat(wholeCard.gpuType()).isEmpty();
        assertThat(wholeCard.gpuCount()).isEmpty();
        assertThat(wholeCard.gpuVramGb()).isEmpty();

        VultrPlan small = plans.get("vc2-1c-1gb");
        assertThat(small.gpuBrand()).isEmpty();
        assertThat(small.cost("sao").monthly()).isEqualByComparingTo("7.5");
        assertThat(small.cost("ewr")).isEqualTo(small.cost());

        assertThat(plans.get("vcg-l40s-16c-180g-48vram").cost().monthly()).isEqualByComparingTo("1122.91");
        assertThat(plans.get("vcg-mi325x-252c-2872g-1536vram").deployOndemand()).isFalse();
        assertThat(plans.get("vcg-a40-6c-30g-12vram").locations()).containsExactly("lax");
        assertThat(plans.get("vx1-g-2c-8g").storageType()).isEqualTo("block_storage");
    }

    @Test
    void bareMetalRegionsAndImagesAreRead() throws VultrException {
        assertThat(provider.client.bareMetalPlans()).extracting(VultrBareMetalPlan::id)
                .contains("vbm-112c-2048gb-8-h100-gpu");
        assertThat(provider.client.regions()).hasSize(33)
                .filteredOn(region -> region.id().equals("sao")).extracting(VultrRegion::city)
                .isEqualTo(List.of("São Paulo"));
        assertThat(provider.client.operatingSystems()).extracting(VultrImage::id).contains(2284L, 1743L);
    }

    @Test
    void whatIsAvailableCanBeOrdered() throws VultrException {
        assertThat(provider.client.availability("ewr"))
                .contains(Provider.GPU, "vcg-a40-1c-5g-2vram", "vcg-a40-24c-120g-48vram", Provider.VPS)
                .doesNotContain("vcg-a40-6c-30g-12vram");

        provider.simulator.soldOut(Provider.GPU, "ewr");

        assertThat(provider.client.availability("ewr")).doesNotContain(Provider.GPU);
        assertThat(provider.client.availability("ord")).contains(Provider.GPU);
        assertThat(provider.client.createInstance(Provider.order(Provider.GPU, "op-1")))
                .isInstanceOfSatisfying(Create.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Refusal.NO_STOCK));

        provider.simulator.restock(Provider.GPU, "ewr");

        assertThat(provider.client.availability("ewr")).contains(Provider.GPU);
    }

    @Test
    void anUnknownRegionIsRefused() {
        assertThatExceptionOfType(VultrException.class).isThrownBy(() -> provider.client.availability("xxx"))
                .withMessageContaining("Invalid region.");
    }

    @Test
    void aNewPriceHoldsForNewMachines() throws VultrException {
        provider.create(Provider.GPU, "op-1");
        provider.simulator.setHourlyCost(Provider.GPU, new BigDecimal("0.1"));
        provider.create(Provider.GPU, "op-2");

        assertThat(provider.simulator.bill()).isEqualByComparingTo("0.159");
        assertThat(provider.client.plans()).filteredOn(plan -> plan.id().equals(Provider.GPU))
                .allSatisfy(plan -> {
                    assertThat(plan.cost().hourly()).isEqualByComparingTo("0.1");
                    assertThat(plan.cost().monthly()).isEqualByComparingTo("73");
                });
    }

    @Test
    void whatTheMachinesCostIsMissingFromTheCredit() throws VultrException {
        provider.simulator.setBalance(new BigDecimal("-1.5"));
        provider.create(Provider.GPU, "op-1");

        assertThat(provider.client.account().remainingCredit()).isEqualByComparingTo("1.441");
    }

    @Test
    void pricesNeedNoKeyButAWrongOneIsStillWrong() throws VultrException {
        assertThatExceptionOfType(VultrException.class)
                .isThrownBy(() -> Provider.client(provider.simulator.baseUrl(), "wrong").plans())
                .withMessageContaining("Invalid API token.");
    }
}
