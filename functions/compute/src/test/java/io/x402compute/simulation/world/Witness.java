package io.x402compute.simulation.world;

import java.util.List;
import java.util.Optional;

import io.x402compute.inference.Job;
import io.x402compute.inference.JobId;
import io.x402compute.instance.Instance;
import io.x402compute.payment.Claim;
import io.x402compute.x402.protocol.Payment;

/** Sees what happens at the moment it happens; throws when it must not. */
public interface Witness {

    /** A settlement has reached the facilitator. */
    void settling(Payment payment);

    /** An order for a machine has reached the provider. */
    void ordering(String operation);

    /** The provider has carried out none of the orders under that operation that are under way. */
    void notOrdered(String operation);

    /** The reconciler has read the lists. */
    void listed(List<String> ids);

    /** The provider has been asked to delete a machine, by us. */
    void deleting(Site site, boolean byReconciler);

    /** Somebody looked for a machine by its id, or by its operation where the id is not known. */
    void looked(String idOrOperation, boolean absent);

    /** An upstream was asked to run something. */
    void running(JobId job);

    void written(Job after);

    void written(Optional<Claim> before, Claim after);

    void written(Optional<Instance> before, Instance after);
}
