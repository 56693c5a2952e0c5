package io.x402compute.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.vultr.VultrCost;
import io.x402compute.vultr.VultrPlan;
import io.x402compute.x402.protocol.Usdc;

class PricingTest {

    @ParameterizedTest(name = "{0}, {1} invoice, {2} a month, {3} an hour, {4} % markup")
    @CsvSource({
        // By the hour as listed.
        "vcg, hourly, 43, 0.059, 20, 70800", "vcg, hourly, 1122.91, 1.671, 20, 2005200",
        "vdm, '', 1250, 1.712, 0, 1712000", "vcg, hourly, 5500, 7.534, 7, 8061380",
        // By the month over 672 hours, rounded up: 20 / 672 = 0.029761904...
        "vc2, monthly, 20, 0.027, 0, 29762", "vc2, monthly, 20, 0.027, 20, 35715",
        "vhf, '', 2.5, 0.003, 0, 3721", "vdm, monthly, 1250, 1.712, 0, 1860120",
        // The listed hour where that is more.
        "vc2, monthly, 20, 0.05, 20, 60000",
        // Exactly a whole unit stays one, the least bit more is the next.
        "vcg, hourly, 1, 0.000001, 0, 1", "vcg, hourly, 1, 0.0000011, 0, 2"})
    void anHourCostsWhatItCostsUsAndTheMarkupRoundedUp(String type, String invoice, BigDecimal monthly,
            BigDecimal hourly,
            int markup, long micros) {
        assertThat(new Pricing(markup).hourly(plan(type, invoice, monthly, hourly), "ewr")).isEqualTo(new Usdc(micros));
    }

    private static VultrPlan plan(String type, String invoice, BigDecimal monthly, BigDecimal hourly) {
        return new VultrPlan("id", type, 1, 1, 1, 1, "SSD", 1, new VultrCost(monthly, hourly), Map.of(), invoice,
                List.of("ewr"), "Intel", "local_storage", true, Optional.empty(), Optional.empty(), Optional.empty(),
                OptionalInt.empty());
    }
}
