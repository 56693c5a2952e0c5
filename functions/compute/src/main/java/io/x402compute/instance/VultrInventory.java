package io.x402compute.instance;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.x402compute.instance.MachineProvider.Deletion;
import io.x402compute.vultr.Failure;
import io.x402compute.vultr.Lookup;
import io.x402compute.vultr.VultrBareMetal;
import io.x402compute.vultr.VultrClient;
import io.x402compute.vultr.VultrException;
import io.x402compute.vultr.VultrInstance;

/**
 * What a Vultr account holds. Lists are read without a filter: bare metal has none, and the one by tag is deprecated, so that an
 * empty answer to it could one day mean something else.
 */
public final class VultrInventory implements ProviderInventory {
    /** A page of 500 machines takes a second or two. */
    private static final Duration FOR_ALL_PAGES = Duration.ofSeconds(90);
    private static final Duration QUICK = Duration.ofSeconds(8);

    private final VultrClient vultr;

    public VultrInventory(VultrClient vultr) {
        this.vultr = vultr;
    }

    @Override
    public Inventory list() {
        VultrClient patient = vultr.within(FOR_ALL_PAGES);
        try {
            List<VultrInstance> instances = patient.allInstances();
            List<VultrBareMetal> bareMetals = patient.bareMetals();
            return new Inventory.Complete(Stream.concat(
                    instances.stream().map(VultrInventory::listed),
                    bareMetals.stream().map(VultrInventory::listed)).toList());
        } catch (VultrException e) {
            return new Inventory.Unavailable("provider_" + e.failure().kind().name().toLowerCase(Locale.ROOT));
        }
    }

    @Override
    public Presence look(MachineKind kind, String providerId) {
        VultrClient quick = vultr.within(QUICK);
        return switch (kind) {
            case INSTANCE -> presence(quick.instance(providerId));
            case BARE_METAL -> presence(quick.bareMetal(providerId));
        };
    }

    @Override
    public Deletion delete(MachineKind kind, String providerId) {
        VultrClient quick = vultr.within(QUICK);
        return VultrMachines.deletion(switch (kind) {
            case INSTANCE -> quick.deleteInstance(providerId);
            case BARE_METAL -> quick.deleteBareMetal(providerId);
        });
    }

    private static <T> Presence presence(Lookup<T> lookup) {
        return switch (lookup) {
            case Lookup.Found<T>(T machine) -> Presence.PRESENT;
            case Lookup.Missing<T>() -> Presence.ABSENT;
            case Lookup.Unavailable<T>(Failure failure) -> Presence.UNKNOWN;
        };
    }

    private static ListedMachine listed(VultrInstance machine) {
        return new ListedMachine(machine.id(), MachineKind.INSTANCE, machine.label(), machine.tags(),
                machine.created());
    }

    private static ListedMachine listed(VultrBareMetal machine) {
        return new ListedMachine(machine.id(), MachineKind.BARE_METAL, machine.label(), machine.tags(),
                machine.created());
    }
}
