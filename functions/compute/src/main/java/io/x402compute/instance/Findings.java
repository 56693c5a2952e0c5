package io.x402compute.instance;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.x402compute.instance.ProviderInventory.Presence;

/**
 * What one pass over the provider's lists and our rows has shown.
 *
 * @param listed provider ids of all machines that carry this deployment's tag
 * @param orphans those of them that no row allows
 * @param rows how many instances are not closed
 * @param unlistedSuspects condemned machines that are not listed, by provider id, and whether they were found all the same
 * @param unlistedInstances active instances whose machine is not listed, and whether it was found all the same
 */
record Findings(
        Set<String> listed,
        Map<ListedMachine, OrphanReason> orphans,
        int rows,
        Map<String, Presence> unlistedSuspects,
        Map<InstanceId, Presence> unlistedInstances) {

    Set<String> orphanIds() {
        return orphans.keySet().stream().map(ListedMachine::providerId).collect(Collectors.toSet());
    }

    /** Active instances whose machine is neither listed nor found by its id. */
    Set<InstanceId> missing() {
        return unlistedInstances.keySet().stream().filter(id -> unlistedInstances.get(id) == Presence.ABSENT)
                .collect(Collectors.toSet());
    }
}
