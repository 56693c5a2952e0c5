package io.x402compute.simulation.check;

import java.util.HashSet;
import java.util.Set;

import io.x402compute.event.DomainEvent;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.PaidSegment;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentState;
import io.x402compute.simulation.actor.Journal;
import io.x402compute.simulation.world.World;

/** What the world was told by events, and what only one is told: passwords. */
final class EventChecks {
    private final World world;
    private final Journal journal;
    private final Watch watch;

    EventChecks(World world, Journal journal, Watch watch) {
        this.world = world;
        this.journal = journal;
        this.watch = watch;
    }

    void events() {
        Set<String> published = new HashSet<>();
        world.bus().taken().stream().map(DomainEvent::id).forEach(published::add);
        for (Claim claim : world.ledger().all()) {
            if (claim.state().isPaid()) {
                isPublished(published, "PaymentSettled", claim.order().orderId());
            }
            if (claim.state() == PaymentState.REFUNDED) {
                isPublished(published, "RefundIssued", claim.order().orderId());
            }
            if (claim.state() == PaymentState.CREDITED) {
                isPublished(published, "CreditIssued", claim.order().orderId());
            }
        }
        for (Instance instance : world.instances().all()) {
            if (watch.everUp().contains(instance.id().toString())) {
                isPublished(published, "InstanceProvisioned", instance.id());
            }
            instance.segments().stream().skip(1).map(PaidSegment::orderId)
                    .forEach(order -> isPublished(published, "InstanceExtended", order));
            instance.termination().ifPresent(
                    end -> isPublished(published, ended(end.outcome()), instance.id()));
        }
    }

    void passwords() {
        Set<InstanceId> shown = new HashSet<>();
        journal.revealed().forEach(id -> Broken.unless(shown.add(id), Rule.PASSWORD, "%s was shown twice", id));
        for (Instance instance : world.instances().all()) {
            boolean kept = instance.password().sealed().isPresent();
            boolean given = instance.password().revealedAt().isPresent();
            boolean keyless = instance.spec().sshPublicKey().isEmpty();
            if (keyless && instance.state() == InstanceState.ACTIVE) {
                Broken.unless(kept != given, Rule.PASSWORD, "%s has kept its password: %s, shown it: %s", instance.id(),
                        kept, given);
            }
            Broken.unless(!kept || instance.state().isLive(), Rule.PASSWORD, "%s has kept its password", instance.id());
        }
    }

    private static void isPublished(Set<String> published, String type, Object about) {
        Broken.unless(published.contains(type + "/" + about), Rule.EVENTS, "nobody was told of %s of %s", type, about);
    }

    private static String ended(InstanceState outcome) {
        return switch (outcome) {
            case DESTROYED -> "InstanceDestroyed";
            case EXPIRED -> "InstanceExpired";
            case FAILED -> "InstanceFailed";
            case PROVISIONING, ACTIVE, TERMINATING -> throw new IllegalStateException(outcome.name());
        };
    }
}
