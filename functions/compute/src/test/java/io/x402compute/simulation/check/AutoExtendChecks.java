package io.x402compute.simulation.check;

import io.x402compute.event.DomainEvent;
import io.x402compute.instance.AutoExtend;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.payment.CreditEntry;
import io.x402compute.simulation.actor.Journal;
import io.x402compute.simulation.world.World;

/** What was spent on leases that got longer unasked, when every lease is over. */
final class AutoExtendChecks {
    private final World world;
    private final Journal journal;

    AutoExtendChecks(World world, Journal journal) {
        this.world = world;
        this.journal = journal;
    }

    void all() {
        world.instances().all().forEach(instance -> instance.autoExtend()
                .ifPresentOrElse(wanted -> check(instance, wanted), () -> nothingWasSpent(instance)));
    }

    private void check(Instance instance, AutoExtend wanted) {
        long spent = AutoExtended.spent(world, instance.id());
        Broken.unless(spent == wanted.spent().micros(), Rule.A2, "%s says %s and has cost %d", instance.id(),
                wanted.spent(), spent);
        long taken = Accounts.sum(AutoExtended.of(world, instance.id()).flatMap(claim -> Accounts
                .entries(world, instance.owner()).stream()
                .filter(entry -> entry.kind() == CreditEntry.Kind.SPENT
                        && entry.order().equals(claim.order().orderId()))));
        Broken.unless(taken >= spent && spent <= journal.ceiling(instance.id()).micros(), Rule.A2,
                "%s may cost %s, has cost %d, and %d was taken", instance.id(), journal.ceiling(instance.id()), spent,
                taken);
        if (wanted.enabled() && instance.outcome() == InstanceState.EXPIRED) {
            String about = "AutoExtendFailed/%s/%s/".formatted(instance.id(), instance.expiresAt());
            Broken.unless(world.bus().taken().stream().map(DomainEvent::id).anyMatch(id -> id.startsWith(about)),
                    Rule.A3,
                    "%s was to be extended", instance.id());
        }
    }

    private void nothingWasSpent(Instance instance) {
        Broken.unless(AutoExtended.of(world, instance.id()).findAny().isEmpty(), Rule.A2, "%s was never to be extended",
                instance.id());
    }
}
