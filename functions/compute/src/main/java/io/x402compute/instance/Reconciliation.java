package io.x402compute.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.x402compute.event.DomainEvent;
import io.x402compute.instance.ProviderInventory.Presence;

/**
 * How far the comparison of the provider's lists with our rows has come, kept from pass to pass because nothing is done on one
 * look. One item for the whole deployment: it is small while all is well, and whoever writes it has seen the latest.
 *
 * @param suspects machines without a row that allows them
 * @param missing active instances without a machine, and when that was first seen
 * @param haltedSince since when every pass would have done too much to do anything
 * @param pendingEvents not yet known to be published
 * @param version 0 before the first pass
 */
public record Reconciliation(
        List<Suspect> suspects,
        Map<InstanceId, Instant> missing,
        Optional<Instant> haltedSince,
        List<DomainEvent> pendingEvents,
        long version) {
    static final Reconciliation NEVER = new Reconciliation(List.of(), Map.of(), Optional.empty(), List.of(), 0);
    /** What an item has room for several times over. Those that are left out count all the same. */
    static final int MOST_SUSPECTS = 1000;
    /** Between the looks that prove that an active machine is gone. */
    static final Duration BETWEEN_LOOKS = InstanceTerminator.BETWEEN_LOOKS;
    private static final int HARMLESS = 3;
    private static final int PERCENT = 10;

    public Reconciliation {
        suspects = List.copyOf(suspects);
        missing = Map.copyOf(missing);
        pendingEvents = List.copyOf(pendingEvents);
    }

    /** More at once than that is no accident of single machines: rows have been lost, or it is somebody else's account. */
    static int limit(int of) {
        return Math.max(HARMLESS, of * PERCENT / 100);
    }

    /** After a pass; this one if nothing has changed. To be saved before anything is done about it. */
    Reconciliation after(Findings found, Instant now) {
        List<DomainEvent> events = new ArrayList<>(pendingEvents);
        suspects.stream().filter(suspect -> isGone(suspect, found))
                .forEach(suspect -> events.addAll(ReconciliationEvents.gone(suspect, now)));
        Map<String, Suspect> known = stillSuspect(found);
        found.orphans().forEach((machine, reason) -> {
            if (known.size() < MOST_SUSPECTS) {
                known.putIfAbsent(machine.providerId(), Suspect.of(machine, reason, now));
            }
        });
        List<Suspect> due = known.values().stream()
                .filter(suspect -> found.orphanIds().contains(suspect.providerId()) && suspect.isDue(now)).toList();
        Map<InstanceId, Instant> stillMissing = stillMissing(found, now);

        long unrecorded = found.orphanIds().stream().filter(id -> !known.containsKey(id)).count();
        boolean halted = due.size() + unrecorded > limit(found.listed().size())
                || proven(stillMissing, found, now).size() > limit(found.rows());
        if (halted && haltedSince.isEmpty()) {
            events.add(ReconciliationEvents.halted(found, now));
        }
        if (!halted) {
            due.forEach(suspect -> known.put(suspect.providerId(), suspect.condemned(now)));
        }
        Optional<Instant> since = halted ? haltedSince.or(() -> Optional.of(now)) : Optional.empty();
        Reconciliation next = new Reconciliation(List.copyOf(known.values()), stillMissing, since, events, version);
        return next.equals(this) ? this : next.next();
    }

    boolean isHalted() {
        return haltedSince.isPresent();
    }

    /** Ids of the machines whose deletion is to be asked for now. */
    Set<String> condemned() {
        return isHalted()
                ? Set.of()
                : suspects.stream().filter(Suspect::isCondemned).map(Suspect::providerId).collect(Collectors.toSet());
    }

    /** Active instances that are to be ended now, and since when their machines have been missed, which is long enough. */
    Map<InstanceId, Instant> vanished(Findings found, Instant now) {
        return isHalted()
                ? Map.of()
                : proven(missing, found, now).stream().collect(Collectors.toMap(id -> id, missing::get));
    }

    /** Its events are on the bus. */
    Reconciliation published() {
        return new Reconciliation(suspects, missing, haltedSince, List.of(), version).next();
    }

    private Reconciliation next() {
        return new Reconciliation(suspects, missing, haltedSince, pendingEvents, version + 1);
    }

    private static boolean isGone(Suspect suspect, Findings found) {
        return found.unlistedSuspects().get(suspect.providerId()) == Presence.ABSENT;
    }

    /**
     * One that got a row, lost its tag, or vanished before it was condemned is forgotten: seen again, it starts anew. One that
     * could not be looked for is not.
     */
    private Map<String, Suspect> stillSuspect(Findings found) {
        Map<String, OrphanReason> orphans = new HashMap<>();
        found.orphans().forEach((machine, reason) -> orphans.put(machine.providerId(), reason));
        Map<String, Suspect> still = new LinkedHashMap<>();
        for (Suspect suspect : suspects) {
            String id = suspect.providerId();
            if (orphans.containsKey(id)) {
                still.put(id, suspect.seenAgain(orphans.get(id)));
            } else if (found.unlistedSuspects().get(id) == Presence.UNKNOWN) {
                still.put(id, suspect);
            }
        }
        return still;
    }

    private Map<InstanceId, Instant> stillMissing(Findings found, Instant now) {
        Map<InstanceId, Instant> still = new HashMap<>();
        found.unlistedInstances().forEach((id, presence) -> {
            switch (presence) {
                case ABSENT -> still.put(id, missing.getOrDefault(id, now));
                case UNKNOWN -> Optional.ofNullable(missing.get(id)).ifPresent(since -> still.put(id, since));
                case PRESENT -> {
                }
            }
        });
        return still;
    }

    /** Missed now, and a while ago. */
    private static Set<InstanceId> proven(Map<InstanceId, Instant> missing, Findings found, Instant now) {
        return found.missing().stream()
                .filter(id -> !now.isBefore(missing.get(id).plus(BETWEEN_LOOKS)))
                .collect(Collectors.toSet());
    }
}
