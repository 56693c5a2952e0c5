package io.x402compute.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.store.Table;
import io.x402compute.x402.protocol.Usdc;

/** A small catalogue: a virtual machine in two places, one of them dearer, a graphics processor in one, and one sold out. */
public final class CatalogFixture {
    public static final String VPS = "vc2-2c-4gb";
    public static final String GPU = "vcg-a16-2c-8g-2vram";
    public static final String SOLD_OUT = "vcg-l40s-16c-180g-48vram";
    public static final long UBUNTU = 2284;

    private CatalogFixture() {}

    public static void fill(Table table, Instant now) {
        DynamoCatalogue catalogue = new DynamoCatalogue(table);
        catalogue.save(new Plan(VPS, "Cloud Compute 2 vCPU 4 GB", "vc2", 2, 4096, 80, 1, 3072, Optional.empty(),
                new BigDecimal("20"), new BigDecimal("0.027"),
                List.of(offer("ewr", true, 35_715, now), offer("sao", true, 53_572, now),
                        offer("sjc", false, 35_715, now)),
                Optional.empty()));
        catalogue.save(
                new Plan(GPU, "NVIDIA A16 2 GB", "vcg", 2, 8192, 50, 1, 1024, Optional.of(new Gpu("NVIDIA A16", 1, 2)),
                        new BigDecimal("43"), new BigDecimal("0.059"), List.of(offer("ewr", true, 70_800, now)),
                        Optional.empty()));
        catalogue.save(new Plan(SOLD_OUT, "NVIDIA L40S 48 GB", "vcg", 16, 184_320, 1200, 1, 1024,
                Optional.of(new Gpu("NVIDIA L40S", 1, 48)), new BigDecimal("1122.91"), new BigDecimal("1.671"),
                List.of(offer("ewr", false, 2_005_200, now)), Optional.empty()));
        catalogue.save(new Region("ewr", "New Jersey", "US", "North America"));
        catalogue.save(new Region("sao", "São Paulo", "BR", "South America"));
        catalogue.save(new Region("sjc", "Silicon Valley", "US", "North America"));
        catalogue.save(new Image(UBUNTU, "Ubuntu 24.04 LTS x64", "x64", "ubuntu"));
        catalogue.save(new Image(387, "Ubuntu 20.04 LTS x64", "x64", "ubuntu"));
        catalogue.refreshed(now);
    }

    private static RegionalOffer offer(String region, boolean inStock, long micros, Instant now) {
        return RegionalOffer.opened(region, inStock, new Usdc(micros), now.minusSeconds(3600));
    }
}
