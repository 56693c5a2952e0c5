package io.x402compute.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.x402compute.vultr.VultrPlan;

/** Reads the provider's plans: which of them can be sold, and how they are described. */
final class ProviderPlans {
    private static final Set<String> GPU_TYPES = Set.of("vcg", "vdm", "vdg");
    private static final Map<String, String> CLASS_NAMES = Map.of("vc2", "Cloud Compute", "vhf", "High Frequency",
            "vhp",
            "High Performance", "vdc", "Dedicated Cloud");
    private static final int MB_PER_GB = 1024;

    private ProviderPlans() {}

    /**
     * Whether it can be created as it is, costs something, and can be described: whoever pays for a graphics processor must
     * know which.
     */
    static boolean isSellable(VultrPlan plan) {
        return plan.deployOndemand() && plan.cost().hourly().signum() > 0 && plan.cost().monthly().signum() > 0
                && !plan.storageType().equals("block_storage") && !plan.locations().isEmpty()
                && (!GPU_TYPES.contains(plan.type()) || gpu(plan).isPresent());
    }

    /** The plan without its offers. */
    static Plan described(VultrPlan plan) {
        Optional<Gpu> gpu = gpu(plan);
        return new Plan(plan.id(), gpu.map(ProviderPlans::name).orElseGet(() -> name(plan)), plan.type(), plan.vcpus(),
                plan.ramMb(), plan.diskGb(), plan.diskCount(), plan.bandwidthGb(), gpu, plain(plan.cost().monthly()),
                plain(plan.cost().hourly()), List.of(), Optional.empty());
    }

    private static Optional<Gpu> gpu(VultrPlan plan) {
        if (plan.gpuType().isPresent() && plan.gpuVramGb().isPresent()) {
            return Optional
                    .of(new Gpu(plan.gpuType().get().replace('_', ' '), cards(plan), plan.gpuVramGb().getAsInt()));
        }
        return WholeCardGpus.of(plan.id());
    }

    /** A fraction such as {@code 1/4} is a part of one card. */
    private static int cards(VultrPlan plan) {
        return plan.gpuCount().filter(count -> count.matches("[1-9][0-9]?")).map(Integer::parseInt).orElse(1);
    }

    private static String name(Gpu gpu) {
        return (gpu.count() > 1 ? gpu.count() + "x " : "") + gpu.type() + " " + gpu.vramGb() + " GB";
    }

    private static String name(VultrPlan plan) {
        String classOf = plan.type().startsWith("voc")
                ? "Optimized Cloud"
                : CLASS_NAMES.getOrDefault(plan.type(), "Cloud");
        BigDecimal gigabytes = plain(BigDecimal.valueOf(plan.ramMb()).divide(BigDecimal.valueOf(MB_PER_GB)));
        return classOf + " " + plan.vcpus() + " vCPU " + gigabytes.toPlainString() + " GB";
    }

    /** One spelling per amount, so that {@code 43} and {@code 43.0} are no change. */
    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
