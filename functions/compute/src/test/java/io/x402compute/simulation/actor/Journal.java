package io.x402compute.simulation.actor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.x402compute.instance.InstanceId;
import io.x402compute.x402.protocol.Usdc;

/** What people outside have done and heard. */
public final class Journal {
    private final List<Sale> sales = new ArrayList<>();
    private final List<Told> misuses = new ArrayList<>();
    private final List<InstanceId> revealed = new ArrayList<>();
    private final Set<InstanceId> unwanted = new HashSet<>();
    private final Map<InstanceId, Usdc> ceilings = new HashMap<>();
    private final Set<String> foreign = new HashSet<>();
    private final Set<String> vanished = new HashSet<>();

    public List<Sale> sales() {
        return sales;
    }

    /** What was said to payments that had been made for another request. */
    public List<Told> misuses() {
        return misuses;
    }

    /** Instances whose password was shown, as often as it was. */
    public List<InstanceId> revealed() {
        return revealed;
    }

    /** Instances that their owners have asked to destroy, whether anybody heard it or not. */
    public Set<InstanceId> unwanted() {
        return unwanted;
    }

    /** The most that its owner has ever allowed to be spent on an instance unasked, whether anybody heard it or not. */
    public Usdc ceiling(InstanceId instance) {
        return ceilings.getOrDefault(instance, Usdc.ZERO);
    }

    void allows(InstanceId instance, Usdc ceiling) {
        ceilings.merge(instance, ceiling, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    /** Machines of other people. */
    public Set<String> foreign() {
        return foreign;
    }

    /** Machines that somebody has deleted at the provider. */
    public Set<String> vanished() {
        return vanished;
    }
}
