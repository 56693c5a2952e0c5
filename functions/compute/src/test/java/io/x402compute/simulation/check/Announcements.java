package io.x402compute.simulation.check;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.event.DomainEvent;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.payment.Claim;
import io.x402compute.simulation.actor.Journal;
import io.x402compute.simulation.world.World;

/** What owners were told of extensions to come, and whether what is ordered then is that. */
final class Announcements {
    private static final Duration NOTICE = Duration.ofMinutes(5);

    private final Journal journal;
    private final Map<String, DomainEvent> told = new HashMap<>();
    private final Set<String> ordered = new HashSet<>();
    private World world;

    Announcements(Journal journal) {
        this.journal = journal;
    }

    void watches(World watched) {
        world = watched;
    }

    /** Events are stored with the change that causes them. */
    void written(Instance row) {
        row.pendingEvents().stream().filter(event -> event.type().equals("InstanceAutoExtending"))
                .forEach(event -> told.put(event.id(), event));
    }

    /** A claim has been made. */
    void ordered(Claim claim) {
        if (!AutoExtended.isOne(claim)) {
            return;
        }
        Optional<DomainEvent> announcement = told.values().stream().filter(event -> announces(event, claim))
                .findFirst();
        Broken.unless(announcement.isPresent(), Rule.A1, "order %s of %s came without a word", claim.order().orderId(),
                claim.amount());
        String end = claim.order().subject() + " " + announcement.get().detail().get("expires_at").textValue();
        Broken.unless(ordered.add(end), Rule.A2, "%s is extended twice", end);
        InstanceId instance = InstanceId.of(claim.order().subject());
        long cost = AutoExtended.cost(world, instance);
        Broken.unless(cost <= journal.ceiling(instance).micros(), Rule.A2, "%s may cost %s and costs %d", instance,
                journal.ceiling(instance), cost);
    }

    /** Of the end that the lease has, or had until a moment ago. */
    private boolean announces(DomainEvent event, Claim claim) {
        JsonNode detail = event.detail();
        Instant spendsAt = Instant.parse(detail.get("spends_at").textValue());
        return detail.get("instance_id").textValue().equals(claim.order().subject())
                && claim.key().value().contains(detail.get("expires_at").textValue())
                && detail.get("amount_micro_usdc").longValue() >= claim.amount().micros()
                && !claim.claimedAt().isBefore(spendsAt)
                && !claim.claimedAt().isBefore(event.time().plus(NOTICE));
    }
}
