package io.x402compute.catalog;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The four kinds of plans that clients ask for. Each plan is of exactly one: clients that ask for all four see every plan
 * once.
 */
public enum PlanFamily {
    /** With a graphics processor, whatever the provider calls the type. */
    VCG("vcg"),
    /** With processors of its own. */
    VDC("vdc"),
    VHP("vhp"),
    /** Every other virtual machine. */
    VPS("vps");

    private static final Set<String> PROVIDER_TYPES = Set.of("vc2", "vdg", "vdm", "vhf", "voc", "voc-c", "voc-g",
            "voc-m",
            "voc-s", "vx1");

    private final String text;

    PlanFamily(String text) {
        this.text = text;
    }

    /** The plans that a type means, be it a family or one of the provider's types; empty for an unknown word. */
    public static Optional<Predicate<Plan>> plansOfType(String type) {
        if (PROVIDER_TYPES.contains(type)) {
            return Optional.of(plan -> plan.type().equals(type) || plan.type().startsWith(type + "-"));
        }
        return Arrays.stream(values()).filter(family -> family.text.equals(type)).findFirst()
                .map(family -> plan -> of(plan) == family);
    }

    static PlanFamily of(Plan plan) {
        if (plan.gpu().isPresent()) {
            return VCG;
        }
        if (plan.type().equals("vdc") || plan.type().startsWith("voc")) {
            return VDC;
        }
        return plan.type().equals("vhp") ? VHP : VPS;
    }
}
