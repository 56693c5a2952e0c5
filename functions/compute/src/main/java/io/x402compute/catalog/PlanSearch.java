package io.x402compute.catalog;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

import io.x402compute.x402.protocol.Usdc;

/**
 * What somebody looks for among the plans that can be had; an empty part does not care.
 *
 * @param family the kind of plan
 * @param region where it must be in stock; prices are then those there, otherwise a plan's lowest
 * @param gpu whether it must or must not have a graphics processor
 * @param gpuType a part of the name of its graphics processor, in any case
 * @param minVramGb gigabytes of graphics memory at least
 * @param maxHourly dollars an hour at most
 * @param cheapestFirst instead of by id
 */
public record PlanSearch(
        Predicate<Plan> family,
        Optional<String> region,
        Optional<Boolean> gpu,
        Optional<String> gpuType,
        OptionalInt minVramGb,
        Optional<BigDecimal> maxHourly,
        boolean cheapestFirst) {

    /** Those of the plans, which are in the order of their ids. */
    public List<Plan> among(List<Plan> plans) {
        List<Plan> found = plans.stream().filter(family).filter(this::isHad).filter(this::hasGpu)
                .filter(plan -> maxHourly.filter(most -> price(plan).dollars().compareTo(most) > 0).isEmpty())
                .toList();
        return cheapestFirst ? found.stream().sorted(Comparator.comparing(this::price)).toList() : found;
    }

    private boolean isHad(Plan plan) {
        return region.map(plan::inStock).orElseGet(() -> !plan.regionsInStock().isEmpty());
    }

    private boolean hasGpu(Plan plan) {
        return gpu.filter(wanted -> wanted != plan.gpu().isPresent()).isEmpty()
                && gpuType.filter(part -> plan.gpu().filter(has -> contains(has.type(), part)).isEmpty()).isEmpty()
                && (minVramGb.isEmpty() || plan.gpu().filter(has -> has.vramGb() >= minVramGb.getAsInt()).isPresent());
    }

    private Usdc price(Plan plan) {
        return region.flatMap(plan::currentHourlyPrice).orElseGet(plan::lowestHourlyPrice);
    }

    private static boolean contains(String name, String part) {
        return name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
