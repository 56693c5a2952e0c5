package io.x402compute.instance;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.x402compute.instance.ProviderInventory.Presence;

/** One look at everything: each of our machines at the provider with its row, and each active row with its machine. Only reads. */
final class Survey {
    private final InstanceStore instances;
    private final ProviderInventory inventory;
    private final Clock clock;
    private final List<ListedMachine> machines;
    private final Map<InstanceId, ListedMachine> oldest = new HashMap<>();
    private final Map<InstanceId, Instance> rows = new HashMap<>();
    /** Rows by the machine they name, which holds even if somebody has edited the tags by which a row would be found. */
    private final Map<String, InstanceId> naming = new HashMap<>();

    /** @param machines the provider's complete lists, as far as they carry this deployment's tag */
    Survey(InstanceStore instances, ProviderInventory inventory, Clock clock, List<ListedMachine> machines) {
        this.instances = instances;
        this.inventory = inventory;
        this.clock = clock;
        this.machines = machines;
        machines.stream().sorted(ListedMachine.OLDEST_FIRST).forEach(
                machine -> machine.instance().ifPresent(id -> oldest.putIfAbsent(id, machine)));
    }

    /**
     * Looks at everything.
     *
     * @param until when to give up
     * @return empty if there was no time to read every row: nothing is judged by half of them
     */
    Optional<Findings> findings(Reconciliation before, Instant until) {
        List<InstanceId> unfinished = instances.unfinished();
        Set<InstanceId> all = new HashSet<>(unfinished);
        all.addAll(oldest.keySet());
        for (InstanceId id : all) {
            if (!clock.instant().isBefore(until)) {
                return Optional.empty();
            }
            instances.find(id).ifPresent(this::note);
        }
        Set<String> listed = machines.stream().map(ListedMachine::providerId).collect(Collectors.toSet());
        return Optional.of(new Findings(listed, orphans(), unfinished.size(), unlistedSuspects(before, listed, until),
                unlistedInstances(listed, until)));
    }

    /** Judges a machine again, going by its row as it is this moment. */
    Standing judge(ListedMachine machine) {
        return standing(machine, rowOf(machine).flatMap(instances::find));
    }

    private void note(Instance row) {
        rows.put(row.id(), row);
        row.machine().ifPresent(machine -> naming.put(machine.providerId(), row.id()));
    }

    private Map<ListedMachine, OrphanReason> orphans() {
        Map<ListedMachine, OrphanReason> orphans = new LinkedHashMap<>();
        for (ListedMachine machine : machines) {
            switch (standing(machine, rowOf(machine).map(rows::get))) {
                case Standing.Allowed() -> {
                }
                case Standing.Orphan(OrphanReason reason) -> orphans.put(machine, reason);
                case Standing.Overdue(Instance _) -> orphans.put(machine, OrphanReason.LEASE_OVER);
            }
        }
        return orphans;
    }

    private Optional<InstanceId> rowOf(ListedMachine machine) {
        return Optional.ofNullable(naming.get(machine.providerId())).or(machine::instance);
    }

    private Standing standing(ListedMachine machine, Optional<Instance> row) {
        boolean first = machine.instance().map(oldest::get).filter(machine::equals).isPresent();
        return Standing.of(machine, first, row, clock.instant());
    }

    /**
     * Machines of active instances that are not listed. Where none of ours is listed at all, nothing is looked for: then the key
     * may have been changed for one of another account.
     */
    private Map<InstanceId, Presence> unlistedInstances(Set<String> listed, Instant until) {
        Map<InstanceId, Presence> presences = new LinkedHashMap<>();
        if (listed.isEmpty()) {
            return presences;
        }
        for (Instance row : rows.values()) {
            if (row.state() == InstanceState.ACTIVE) {
                row.machine().filter(machine -> !listed.contains(machine.providerId()) && isVisibleByNow(machine))
                        .ifPresent(machine -> presences.put(row.id(),
                                look(MachineKind.INSTANCE, machine.providerId(), until)));
            }
        }
        return presences;
    }

    private boolean isVisibleByNow(Machine machine) {
        return !clock.instant().isBefore(machine.createdAt().plus(InstanceTerminator.VISIBLE_BY));
    }

    private Map<String, Presence> unlistedSuspects(Reconciliation before, Set<String> listed, Instant until) {
        return before.suspects().stream()
                .filter(suspect -> suspect.isCondemned() && !listed.contains(suspect.providerId()))
                .collect(Collectors.toMap(Suspect::providerId,
                        suspect -> look(suspect.kind(), suspect.providerId(), until)));
    }

    private Presence look(MachineKind kind, String providerId, Instant until) {
        return clock.instant().isBefore(until) ? inventory.look(kind, providerId) : Presence.UNKNOWN;
    }
}
