package io.x402compute.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.catalog.Catalogue;
import io.x402compute.catalog.Gpu;
import io.x402compute.catalog.Plan;
import io.x402compute.http.ApiException;
import io.x402compute.instance.Instance;
import io.x402compute.instance.LeaseExchange;
import io.x402compute.instance.MachineSpec;
import io.x402compute.instance.Upgrade;
import io.x402compute.x402.protocol.Usdc;

/** Which larger plans a machine can have, and at what price. Nothing is paid: its prepaid time is exchanged. */
public final class Upgrades {
    /** A started hour is what the provider charges at least. */
    private static final Duration SHORTEST = Duration.ofHours(1);

    private final Catalogue catalogue;
    private final RentalLimits limits;
    private final Clock clock;

    public Upgrades(Catalogue catalogue, RentalLimits limits, Clock clock) {
        this.catalogue = catalogue;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * The upgrade that is wished for, at its present price.
     *
     * @throws ApiException 400 when that plan is none, or cannot be had; 409 when the prepaid time does not suit it
     */
    public Upgrade upgrade(Instance instance, ResizeRequest wanted) {
        MachineSpec spec = instance.spec();
        if (wanted.plan().equals(spec.plan())) {
            throw ApiException.badRequest("same_plan", "The machine has that plan");
        }
        Plan larger = catalogue.plan(wanted.plan())
                .orElseThrow(() -> ApiException.badRequest("unknown_plan", "There is no plan of that id"));
        // A plan that is gone cannot be compared: then the provider alone tells what is an upgrade from it.
        catalogue.plan(spec.plan()).ifPresent(present -> requireLarger(present, larger));
        Instant now = clock.instant();
        Usdc hourly = larger.hourlyPrice(spec.region(), now)
                .orElseThrow(() -> ApiException.badRequest("plan_not_in_region",
                        "The plan is not sold in the machine's region"));
        if (!larger.inStock(spec.region())) {
            throw ApiException.badRequest("out_of_stock", "The plan is out of stock in the machine's region");
        }
        requireTime(instance.exchange(hourly, now));
        return new Upgrade(spec.plan(), larger.id(), hourly);
    }

    private void requireTime(LeaseExchange exchange) {
        if (exchange.exchanged().compareTo(SHORTEST) < 0) {
            throw new ApiException(409, "too_little_time",
                    "The prepaid time that is left would be less than an hour of that plan; extend the machine first");
        }
        if (exchange.exchanged().compareTo(limits.furthestEnd()) > 0) {
            throw new ApiException(409, "prepaid_limit_exceeded",
                    "A lease may end at most %d hours ahead".formatted(limits.maxHours()));
        }
    }

    private static void requireLarger(Plan present, Plan wanted) {
        if (!present.type().equals(wanted.type()) || !gpu(present).equals(gpu(wanted))) {
            throw ApiException.badRequest("other_kind_of_plan", "A machine keeps its kind of plan and of GPU");
        }
        boolean noneSmaller = wanted.vcpus() >= present.vcpus() && wanted.ramMb() >= present.ramMb()
                && disk(wanted) >= disk(present) && vram(wanted) >= vram(present);
        boolean oneLarger = wanted.vcpus() > present.vcpus() || wanted.ramMb() > present.ramMb()
                || disk(wanted) > disk(present) || vram(wanted) > vram(present);
        if (!noneSmaller || !oneLarger) {
            throw ApiException.badRequest("not_an_upgrade", "Machines can only be made larger");
        }
    }

    private static Optional<String> gpu(Plan plan) {
        return plan.gpu().map(Gpu::type);
    }

    private static int vram(Plan plan) {
        return plan.gpu().map(Gpu::vramGb).orElse(0);
    }

    private static int disk(Plan plan) {
        return plan.diskGb() * plan.diskCount();
    }
}
