package io.x402compute.instance;

import java.util.Optional;

/** What owners want done before their leases end. */
public final class AutoExtendSettings {
    private final InstanceStore store;

    public AutoExtendSettings(InstanceStore store) {
        this.store = store;
    }

    /**
     * Sets it for a machine, or switches it off. What is ordered already is not called back. To set the same again
     * changes nothing, but that what has failed is tried again.
     *
     * @param terms empty to switch it off
     * @return the instance, unchanged if it is not live any more
     */
    public Instance set(Instance instance, Optional<AutoExtendTerms> terms) {
        Instance latest = instance;
        while (latest.state().isLive() && !isSet(latest, terms)) {
            Instance next = latest.autoExtendSet(terms);
            if (store.save(next)) {
                return next;
            }
            latest = store.find(instance.id()).orElseThrow();
        }
        return latest;
    }

    private static boolean isSet(Instance instance, Optional<AutoExtendTerms> terms) {
        Optional<AutoExtend> on = instance.autoExtend().filter(AutoExtend::enabled);
        return terms.equals(on.map(AutoExtend::terms)) && on.flatMap(AutoExtend::failure).isEmpty();
    }
}
