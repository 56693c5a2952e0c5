package io.x402compute.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanFamilyTest {

    @ParameterizedTest
    @CsvSource({"vc2, false, vps", "vhf, false, vps", "vhp, false, vhp", "vdc, false, vdc", "voc, false, vdc",
        "voc-g, false, vdc", "vcg, true, vcg", "vdm, true, vcg", "new, false, vps"})
    void everyPlanIsOfExactlyOneFamily(String type, boolean gpu, String family) {
        Plan plan = plan(type, gpu);

        assertThat(List.of("vps", "vhp", "vdc", "vcg"))
                .filteredOn(each -> PlanFamily.plansOfType(each).orElseThrow().test(plan)).containsExactly(family);
    }

    @Test
    void typesOfTheProviderMeanThemselvesAndTheirKinds() {
        assertThat(PlanFamily.plansOfType("vc2").orElseThrow()).accepts(plan("vc2", false)).rejects(plan("vhf", false));
        assertThat(PlanFamily.plansOfType("vdm").orElseThrow()).accepts(plan("vdm", true)).rejects(plan("vcg", true));
        assertThat(PlanFamily.plansOfType("voc").orElseThrow()).accepts(plan("voc-g", false));
        assertThat(PlanFamily.plansOfType("gpu")).isEmpty();
        assertThat(PlanFamily.plansOfType("")).isEmpty();
    }

    private static Plan plan(String type, boolean gpu) {
        return new Plan("id", "name", type, 1, 1, 1, 1, 1,
                gpu ? Optional.of(new Gpu("NVIDIA A16", 1, 2)) : Optional.empty(),
                BigDecimal.ONE, BigDecimal.ONE, List.of(), Optional.empty());
    }
}
