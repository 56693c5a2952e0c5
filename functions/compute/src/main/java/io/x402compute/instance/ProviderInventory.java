package io.x402compute.instance;

import java.util.List;

/** Everything the provider has in our account, of both kinds, and the way to be rid of it. */
public interface ProviderInventory {

    /** Both lists to their last page, or none. */
    Inventory list();

    Presence look(MachineKind kind, String providerId);

    MachineProvider.Deletion delete(MachineKind kind, String providerId);

    /** What the account holds. */
    sealed interface Inventory {

        /** Every machine, other deployments' and other people's included. */
        record Complete(List<ListedMachine> machines) implements Inventory {}

        /**
         * Not known, not even in part.
         *
         * @param code for machines, such as {@code provider_unavailable}
         */
        record Unavailable(String code) implements Inventory {}
    }

    /** Whether one machine is there. */
    enum Presence {
        PRESENT, ABSENT, UNKNOWN
    }
}
