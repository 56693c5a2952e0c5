package io.x402compute.instance;

import java.util.Optional;

/**
 * What was ordered.
 *
 * @param plan the provider's plan id
 * @param region the provider's region id
 * @param osId the provider's image id
 * @param label the customer's name for it; at the provider it goes by its operation id
 * @param hostname inside the machine
 * @param sshPublicKey one line, let in as root; without it root has a password of ours
 * @param userData the customer's own cloud-init, plain text
 */
public record MachineSpec(
        String plan,
        String region,
        int osId,
        String label,
        Optional<String> hostname,
        Optional<String> sshPublicKey,
        Optional<String> userData) {

    /** The same on another plan. */
    MachineSpec onPlan(String other) {
        return new MachineSpec(other, region, osId, label, hostname, sshPublicKey, userData);
    }
}
