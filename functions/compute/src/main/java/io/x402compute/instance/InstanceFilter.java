package io.x402compute.instance;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which instances of a list are wanted; an empty part does not care.
 *
 * @param states as {@link Instance#outcome} tells them
 * @param label exactly
 */
public record InstanceFilter(
        Set<InstanceState> states,
        Optional<String> plan,
        Optional<String> region,
        Optional<String> label)
        implements
            Predicate<Instance> {

    /** Whether it leaves anything out at all. */
    public boolean isPresent() {
        return !states.isEmpty() || plan.isPresent() || region.isPresent() || label.isPresent();
    }

    @Override
    public boolean test(Instance instance) {
        MachineSpec spec = instance.spec();
        return (states.isEmpty() || states.contains(instance.outcome()))
                && plan.filter(wanted -> !wanted.equals(spec.plan())).isEmpty()
                && region.filter(wanted -> !wanted.equals(spec.region())).isEmpty()
                && label.filter(wanted -> !wanted.equals(spec.label())).isEmpty();
    }
}
