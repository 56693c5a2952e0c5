package io.x402compute.simulation.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.x402compute.inference.Job;
import io.x402compute.inference.JobId;
import io.x402compute.inference.JobState;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.Machine;
import io.x402compute.payment.Claim;
import io.x402compute.payment.CreditEntry;
import io.x402compute.payment.PaymentState;
import io.x402compute.payment.Refund;
import io.x402compute.payment.Tender;
import io.x402compute.simulation.actor.Journal;
import io.x402compute.simulation.world.Functions;
import io.x402compute.simulation.world.Site;
import io.x402compute.simulation.world.Witness;
import io.x402compute.simulation.world.World;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;

/** Looks on while things happen, for what cannot be told afterwards. */
public final class Watch implements Witness {
    private static final Duration SEARCH_WINDOW = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    private static final Duration VISIBLE_BY = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofMinutes(15);
    private static final Duration EXTENSION_GRACE = Duration.ofMinutes(5);
    private static final Duration FURTHEST_END = Duration.ofHours(Functions.LIMITS.maxHours());

    private static final Set<PaymentState> UNDER_WAY = EnumSet.complementOf(
            EnumSet.of(PaymentState.CLAIMED, PaymentState.RUNNING, PaymentState.RAN, PaymentState.RUN_FAILED,
                    PaymentState.SETTLE_REFUSED));
    private static final Set<PaymentState> UNSETTLED = EnumSet.of(PaymentState.RUNNING, PaymentState.RAN,
            PaymentState.SETTLING, PaymentState.SETTLE_UNKNOWN);

    private final Journal journal;
    private final Map<PaymentKey, String> holders = new HashMap<>();
    private final Map<String, Instant> sentAt = new HashMap<>();
    private final Map<String, List<Instant>> missed = new HashMap<>();
    private final Map<String, Instant> firstListed = new HashMap<>();
    private final Set<String> everUp = new HashSet<>();
    private final Set<JobId> begun = new HashSet<>();
    private final Announcements announcements;
    private World world;

    public Watch(Journal journal) {
        this.journal = journal;
        this.announcements = new Announcements(journal);
    }

    /** To be told before anything happens. */
    public void watches(World watched) {
        world = watched;
        announcements.watches(watched);
    }

    /** Instances that have been active, by their ids. */
    Set<String> everUp() {
        return everUp;
    }

    @Override
    public void settling(Payment payment) {
        boolean written = world.ledger().find(payment.key()).filter(claim -> UNDER_WAY.contains(claim.state()))
                .or(() -> world.ledger().all().stream().filter(claim -> isRefundedBy(claim, payment)).findFirst())
                .isPresent();
        Broken.unless(written, Rule.WRITTEN, "%s is let out and nowhere written down", payment.key());
        world.ledger().find(payment.key()).filter(Accounts::isRunFirst).ifPresent(claim -> Broken.unless(
                world.jobs().find(JobId.of(claim.order().subject()))
                        .filter(job -> job.state() == JobState.COMPLETED).isPresent(),
                Rule.R3, "%s is let out for a run that has failed", payment.key()));
    }

    private static boolean isRefundedBy(Claim claim, Payment transfer) {
        return claim.refund().flatMap(Refund::transfer).filter(signed -> signed.key().equals(transfer.key()))
                .isPresent();
    }

    @Override
    public void ordering(String operation) {
        p2NoMachineIsOrderedBeforeItIsPaid(operation);
        v1AnOrderIsWrittenDownFirstAndNotRepeatedBlindly(operation);
    }

    @Override
    public void notOrdered(String operation) {
        sentAt.remove(operation);
    }

    @Override
    public void deleting(Site site, boolean byReconciler) {
        Broken.unless(!journal.foreign().contains(site.id()), Rule.V3, "%s is somebody else's", site.id());
        if (byReconciler) {
            v3NothingIsDestroyedOnOneLookOrThatARowAllows(site);
        }
    }

    @Override
    public void listed(List<String> ids) {
        ids.forEach(id -> firstListed.putIfAbsent(id, world.now()));
    }

    @Override
    public void looked(String idOrOperation, boolean absent) {
        if (absent) {
            missed.computeIfAbsent(idOrOperation, id -> new ArrayList<>()).add(world.now());
        }
    }

    @Override
    public void running(JobId job) {
        Claim claim = order(job);
        if (!Accounts.isRunFirst(claim)) {
            Broken.unless(isPaidOnTheOutside(claim), Rule.R1, "%s is run, and paid for with nothing", job);
            return;
        }
        Broken.unless(begun.add(job), Rule.R2, "%s is run again", job);
        List<Claim> open = world.ledger().all().stream()
                .filter(other -> other.payer().equals(claim.payer()) && UNSETTLED.contains(other.state())
                        && Accounts.isRunFirst(other))
                .toList();
        Broken.unless(open.equals(List.of(claim)), Rule.R2, "%s is run while its payer owes for others", job);
    }

    @Override
    public void written(Job after) {
        Broken.unless(!after.seen() || isPaidOnTheOutside(order(after.id())), Rule.R1, "%s is seen and not paid",
                after.id());
    }

    private Claim order(JobId job) {
        return world.ledger().all().stream().filter(claim -> claim.order().subject().equals(job.toString()))
                .findFirst().orElseThrow();
    }

    @Override
    public void written(Optional<Claim> before, Claim after) {
        leaseNobodyElseGoesOnWithAnOrder(before, after);
        if (before.isEmpty()) {
            announcements.ordered(after);
        }
        if (after.state() == PaymentState.SETTLE_REFUSED
                && before.filter(was -> was.state() == after.state()).isEmpty()) {
            p4NothingIsRefusedThatTheChainShowsToHaveMoved(after);
        }
    }

    @Override
    public void written(Optional<Instance> before, Instance after) {
        announcements.written(after);
        if (after.state() == InstanceState.ACTIVE) {
            everUp.add(after.id().toString());
        }
        // Who sees it again starts anew, if he lives to write it down.
        after.termination().filter(end -> end.firstAbsentAt().isEmpty()).ifPresent(end -> missed.remove(looked(after)));
        before.filter(was -> was.state() == InstanceState.TERMINATING && after.state().isFinal())
                .ifPresent(this::v5ClosedOnlyAfterTwoLooksLateEnough);
        before.ifPresent(was -> v6ExtensionsAndExpiryAreSerialised(was, after));
        Broken.unless(before.isEmpty() || before.get().expiresAt().equals(after.expiresAt())
                || !after.expiresAt().isAfter(world.now().plus(FURTHEST_END)), Rule.V6,
                "%s would live until %s", after.id(), after.expiresAt());
    }

    private void leaseNobodyElseGoesOnWithAnOrder(Optional<Claim> before, Claim after) {
        String writer = world.scheduler().running().name() + world.scheduler().running().runs();
        String holder = holders.getOrDefault(after.key(), writer);
        boolean goesOn = before.filter(was -> was.isLeased(world.now())
                && !was.progress().equals(after.progress())).isPresent();
        Broken.unless(!goesOn || holder.equals(writer), Rule.LEASE, "order %s is held by %s, and %s goes on with it",
                after.order().orderId(), holder, writer);
        if (before.isEmpty() || !before.get().progress().equals(after.progress())) {
            holders.put(after.key(), writer);
        }
    }

    private void p2NoMachineIsOrderedBeforeItIsPaid(String operation) {
        Optional<Claim> claim = world.ledger().all().stream()
                .filter(one -> operation.equals("op-" + one.order().subject()) && isProvision(one)).findFirst();
        boolean paid = claim.filter(this::isPaidOnTheOutside).isPresent();
        Broken.unless(paid, Rule.P2, "%s is ordered, and paid for with nothing", operation);
    }

    private boolean isPaidOnTheOutside(Claim claim) {
        return switch (claim.tender()) {
            case Tender.Transfer(Payment payment) -> world.token().hasMoved(payment.key());
            case Tender.Proof proof -> throw new AssertionError("nobody in these histories shows transactions");
            case Tender.Credit credit -> Accounts.entries(world, credit.payer()).stream()
                    .anyMatch(entry -> entry.kind() == CreditEntry.Kind.SPENT
                            && entry.order().equals(claim.order().orderId()));
        };
    }

    private void v1AnOrderIsWrittenDownFirstAndNotRepeatedBlindly(String operation) {
        Optional<Instance> row = world.instances().all().stream()
                .filter(instance -> instance.operationId().equals(operation)).findFirst();
        Optional<Instant> sent = row.flatMap(instance -> instance.creation().sentAt());
        Broken.unless(sent.isPresent(), Rule.V1, "%s is nowhere written down", operation);
        Optional<Instant> earlier = Optional.ofNullable(sentAt.put(operation, sent.get()));
        Broken.unless(earlier.filter(at -> sent.get().isBefore(at.plus(SEARCH_WINDOW))).isEmpty(), Rule.V1,
                "%s is ordered again after %s", operation,
                earlier.map(at -> Duration.between(at, sent.get())).orElse(Duration.ZERO));
    }

    private void v3NothingIsDestroyedOnOneLookOrThatARowAllows(Site site) {
        Instant first = firstListed.get(site.id());
        Broken.unless(!first.plus(GRACE).isAfter(world.now()), Rule.V3, "%s is destroyed %s after it was first seen",
                site.id(), Duration.between(first, world.now()));
        boolean allowed = world.instances().all().stream().anyMatch(instance -> instance.state().isLive()
                && instance.machine().map(Machine::providerId).filter(site.id()::equals).isPresent());
        Broken.unless(!allowed, Rule.V3, "%s is destroyed although its row allows it", site.id());
    }

    private void p4NothingIsRefusedThatTheChainShowsToHaveMoved(Claim refused) {
        Instant visible = world.now().minusMillis(world.weather().climate().nodeLag()).minus(Duration.ofMinutes(1));
        boolean moved = world.token().to(World.OPERATOR).stream()
                .anyMatch(transfer -> transfer.key().equals(refused.key()) && transfer.at().isBefore(visible));
        Broken.unless(!moved, Rule.P4, "order %s is refused (%s) though it was paid", refused.order().orderId(),
                refused.reason());
    }

    private void v5ClosedOnlyAfterTwoLooksLateEnough(Instance ending) {
        Optional<Site> still = world.provider().sites().stream()
                .filter(site -> site.isLive() && ending.machine().map(Machine::providerId)
                        .map(site.id()::equals).orElse(isFindableBy(ending, site)))
                .findFirst();
        Broken.unless(still.isEmpty(), Rule.V5, "%s is closed, and its machine is there", ending.id());
        if (ending.machine().isEmpty() && ending.creation().sentAt().isEmpty()) {
            return;
        }
        Instant late = ending.machine().map(Machine::createdAt).or(() -> ending.creation().sentAt()).orElseThrow()
                .plus(VISIBLE_BY);
        List<Instant> misses = missed.getOrDefault(looked(ending), List.of()).stream().filter(at -> !at.isBefore(late))
                .toList();
        Broken.unless(!misses.isEmpty() && !misses.getLast().isBefore(misses.getFirst().plus(BETWEEN_LOOKS)), Rule.V5,
                "%s is closed after it was not found at %s", ending.id(), misses);
    }

    /** What is looked up to see whether it is gone. */
    private static String looked(Instance ending) {
        return ending.machine().map(Machine::providerId).orElse(ending.operationId());
    }

    /** One that is doubled while the searches go on is for the reconciler to find. */
    private static boolean isFindableBy(Instance ending, Site site) {
        return site.label().equals(ending.operationId())
                && ending.termination().filter(end -> site.madeAt().isAfter(end.askedAt())).isEmpty();
    }

    private void v6ExtensionsAndExpiryAreSerialised(Instance before, Instance after) {
        boolean expires = before.state().isLive() && after.outcome() == InstanceState.EXPIRED;
        Instant end = before.extensionClaimed() ? before.expiresAt().plus(EXTENSION_GRACE) : before.expiresAt();
        Broken.unless(!expires || !world.now().isBefore(end), Rule.V6, "%s expires before %s", before.id(), end);
        Broken.unless(!after.expiresAt().isBefore(before.expiresAt()), Rule.V6, "%s has lost time", before.id());
        if (after.segments().size() > before.segments().size()) {
            String order = after.segments().getLast().orderId();
            boolean inTime = world.ledger().all().stream()
                    .filter(claim -> claim.order().orderId().toString().equals(order))
                    .anyMatch(claim -> claim.claimedAt().isBefore(before.expiresAt()));
            Broken.unless(inTime && before.state().isLive(), Rule.V6, "%s is extended too late", before.id());
        }
    }

    private static boolean isProvision(Claim claim) {
        return claim.order().kind().equals("PROVISION");
    }
}
