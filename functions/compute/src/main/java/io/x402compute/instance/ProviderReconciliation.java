package io.x402compute.instance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import io.x402compute.event.EventPublisher;
import io.x402compute.instance.ProviderInventory.Inventory;

/**
 * Compares what the provider has with what our rows allow, starting from the provider's lists, and sees to it that they agree: a
 * machine that no row allows is destroyed, an active instance whose machine is gone is ended. Neither on one look, neither
 * before it was written down, and neither in numbers that no accident explains. Machines without this deployment's tag are
 * nobody's business here.
 */
public final class ProviderReconciliation {
    /** A fifth of the time of a pass is kept for writing down what was seen and for acting on it. */
    private static final int TO_ACT = 5;
    /** Two calls to the provider: one that is cut off would only be made again. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(20);

    private final InstanceStore instances;
    private final ReconciliationStore store;
    private final ProviderInventory inventory;
    private final InstanceTerminator terminator;
    private final EventPublisher events;
    private final String deploymentTag;
    private final Clock clock;

    /** @param deployment as the machines were made with, see {@link VultrMachines#tag} */
    public ProviderReconciliation(
            InstanceStore instances,
            ReconciliationStore store,
            ProviderInventory inventory,
            InstanceTerminator terminator,
            EventPublisher events,
            String deployment,
            Clock clock) {
        this.instances = instances;
        this.store = store;
        this.inventory = inventory;
        this.terminator = terminator;
        this.events = events;
        this.deploymentTag = VultrMachines.tag(deployment);
        this.clock = clock;
    }

    /** What came of a pass. */
    public sealed interface Outcome {

        /**
         * Everything was looked at.
         *
         * @param machines that carry this deployment's tag
         * @param orphans of them that no row allows, whether they are to be destroyed yet or not
         * @param missing active instances without a machine
         * @param ended machines whose deletion was asked for, and instances that were ended
         * @param halted whether there was too much to do to do anything
         */
        record Compared(int machines, int orphans, int missing, int ended, boolean halted) implements Outcome {}

        /**
         * Nothing was judged and nothing done.
         *
         * @param code for machines: why
         */
        record Abandoned(String code) implements Outcome {}
    }

    /** One pass; what there is no time for is left to the next. */
    public Outcome reconcile(Instant deadline) {
        Instant start = clock.instant();
        Instant lookUntil = deadline.minus(Duration.between(start, deadline).dividedBy(TO_ACT));
        Reconciliation before = publish(store.load());
        return switch (inventory.list()) {
            case Inventory.Unavailable(String code) -> new Outcome.Abandoned(code);
            case Inventory.Complete(List<ListedMachine> all) -> compare(before,
                    all.stream().filter(machine -> machine.carries(deploymentTag)).toList(), lookUntil, deadline);
        };
    }

    private Outcome compare(Reconciliation before, List<ListedMachine> ours, Instant lookUntil, Instant deadline) {
        Survey survey = new Survey(instances, inventory, clock, ours);
        Optional<Findings> findings = survey.findings(before, lookUntil);
        if (findings.isEmpty()) {
            return new Outcome.Abandoned("out_of_time");
        }
        Findings found = findings.get();
        Instant now = clock.instant();
        Reconciliation after = before.after(found, now);
        if (after.version() != before.version() && !store.save(after)) {
            return new Outcome.Abandoned("overtaken");
        }
        int ended = destroy(survey, after.condemned(), ours, deadline) + end(after.vanished(found, now), deadline);
        publish(after);
        return new Outcome.Compared(ours.size(), found.orphans().size(), found.missing().size(), ended,
                after.isHalted());
    }

    private int destroy(Survey survey, Set<String> condemned, List<ListedMachine> ours, Instant deadline) {
        List<ListedMachine> machines = new ArrayList<>(
                ours.stream().filter(machine -> condemned.contains(machine.providerId())).toList());
        // In another order each time, so that some that take all the time do not keep the others waiting for ever.
        Collections.shuffle(machines, new Random(clock.millis()));
        int ended = 0;
        for (ListedMachine machine : machines) {
            if (isTooLate(deadline)) {
                break;
            }
            switch (survey.judge(machine)) {
                case Standing.Allowed() -> {
                }
                case Standing.Orphan(OrphanReason _) -> {
                    inventory.delete(machine.kind(), machine.providerId());
                    ended++;
                }
                case Standing.Overdue(Instance instance) -> {
                    terminator.expire(instance);
                    ended++;
                }
            }
        }
        return ended;
    }

    private int end(Map<InstanceId, Instant> vanished, Instant deadline) {
        int ended = 0;
        for (InstanceId id : vanished.keySet()) {
            if (isTooLate(deadline)) {
                break;
            }
            Optional<Instance> active = instances.find(id).filter(row -> row.state() == InstanceState.ACTIVE);
            active.ifPresent(instance -> terminator.endVanished(instance, vanished.get(id)));
            ended += active.isPresent() ? 1 : 0;
        }
        return ended;
    }

    private boolean isTooLate(Instant deadline) {
        return clock.instant().plus(LONGEST_STEP).isAfter(deadline);
    }

    private Reconciliation publish(Reconciliation latest) {
        if (latest.pendingEvents().isEmpty() || !events.publish(latest.pendingEvents())) {
            return latest;
        }
        Reconciliation published = latest.published();
        return store.save(published) ? published : store.load();
    }
}
