package io.x402compute.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.x402compute.event.DomainEvent;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/**
 * A rented machine: the state machine of a lease. Each arrow is a method that returns the next instance, to be saved before
 * anything outside happens; saving fails if anybody saved in between ({@link InstanceStore#save}). Rows are never deleted.
 *
 * <pre>
 * PROVISIONING → ACTIVE → TERMINATING → DESTROYED | EXPIRED | FAILED
 *       └───────────────────↗    (FAILED at once where the provider definitely refused)
 * </pre>
 *
 * @param owner the wallet that paid
 * @param segments the prepaid time, in the order it was bought
 * @param createdAt when it was ordered: prepaid time runs from here
 * @param expiresAt when the prepaid time is over
 * @param warning the next one that its time is running out
 * @param extensionClaimed whether an extension was claimed in time and may still be settling: expiry then waits a while
 * @param creation how far the provider's machine has come into being
 * @param password of root, where no key was given
 * @param machine the provider's machine as last seen, once its id is known
 * @param termination how far its end has come, once decided
 * @param operation the last thing its owner wanted done to the machine
 * @param autoExtend what its owner wants done before the lease ends
 * @param pendingEvents stored with the change that caused them, not yet known to be published
 * @param version of the row, 1 for a new instance
 */
public record Instance(
        InstanceId id,
        Wallet owner,
        MachineSpec spec,
        List<PaidSegment> segments,
        InstanceState state,
        Instant createdAt,
        Instant expiresAt,
        Optional<ExpiryWarning> warning,
        boolean extensionClaimed,
        CreateProgress creation,
        OneTimePassword password,
        Optional<Machine> machine,
        Optional<Termination> termination,
        Optional<Operation> operation,
        Optional<AutoExtend> autoExtend,
        List<DomainEvent> pendingEvents,
        long version) {

    private static final String OPERATION = "op-";

    /** How long expiry waits for an extension that was claimed in time and is still settling; once per lease. */
    public static final Duration EXTENSION_GRACE = Duration.ofMinutes(5);

    public Instance {
        segments = List.copyOf(segments);
        pendingEvents = List.copyOf(pendingEvents);
    }

    /** A machine that was just paid for. */
    public static Instance ordered(InstanceId id, Wallet owner, MachineSpec spec, PaidSegment segment, Instant now) {
        Instant end = now.plus(segment.length());
        return new Instance(id, owner, spec, List.of(segment), InstanceState.PROVISIONING, now,
                end, ExpiryWarning.first(end, now), false, CreateProgress.NOT_SENT, OneTimePassword.NONE,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), 1);
    }

    /** The instance whose machine is made under that operation id; empty for any other text. */
    static Optional<InstanceId> ofOperation(String text) {
        return text.startsWith(OPERATION) ? InstanceId.parse(text.substring(OPERATION.length())) : Optional.empty();
    }

    /** By which the provider's machine is found if every answer is lost: one per instance, kept for every retry. */
    public String operationId() {
        return OPERATION + id;
    }

    /** All the time that was bought, in whole hours. */
    public long prepaidHours() {
        return segments.stream().map(PaidSegment::length).reduce(Duration.ZERO, Duration::plus).toHours();
    }

    public boolean wasExtendedBy(String orderId) {
        return segments.stream().anyMatch(segment -> segment.orderId().equals(orderId));
    }

    /** Whether a password has to be made before it is ordered. It is made once and kept for every retry. */
    boolean lacksPassword() {
        return spec.sshPublicKey().isEmpty() && password.sealed().isEmpty();
    }

    /** The state it is in, or is irrevocably on its way to. */
    public InstanceState outcome() {
        return termination.map(Termination::outcome).orElse(state);
    }

    public boolean isOver(Instant now) {
        return !now.isBefore(destroysAt());
    }

    /** When its deletion will be asked for: the end of the prepaid time, or later if an extension may still be settling. */
    public Instant destroysAt() {
        return extensionClaimed ? expiresAt.plus(EXTENSION_GRACE) : expiresAt;
    }

    /** Whether its owner is to be warned now. */
    boolean isToBeWarnedOf(Instant now) {
        return state.isLive() && warning.filter(next -> !now.isBefore(next.at(expiresAt))).isPresent();
    }

    /** When the sweeper is to look at it; empty once nothing is left to do. */
    public Optional<Instant> dueAt() {
        if (!pendingEvents.isEmpty()) {
            return Optional.of(pendingEvents.getFirst().time());
        }
        if (owesUnusedTime()) {
            return termination.map(Termination::askedAt);
        }
        return switch (state) {
            case PROVISIONING -> Optional.of(endOrWarning());
            case ACTIVE -> Stream.of(pendingOperation().map(Operation::nextLookAt), autoExtendDueAt(),
                    Optional.of(endOrWarning())).flatMap(Optional::stream).min(Comparator.naturalOrder());
            case TERMINATING -> termination.map(Termination::nextAttemptAt);
            case DESTROYED, EXPIRED, FAILED -> Optional.empty();
        };
    }

    /** Whether something is to be done now about an automatic extension. What was not even ordered by the end is given up there. */
    boolean isToBeAutoExtended(Instant now) {
        boolean due = state == InstanceState.ACTIVE && autoExtendDueAt().filter(at -> !now.isBefore(at)).isPresent();
        return due && (now.isBefore(expiresAt)
                || autoExtend.flatMap(AutoExtend::next).filter(AnnouncedExtension::isOrdered).isPresent());
    }

    /** The order goes out to the provider now; nobody else may order before the lease ends. */
    public Instance sending(Instant now, Instant leaseUntil) {
        from(InstanceState.PROVISIONING);
        return change().creation(new CreateProgress(Optional.of(now), leaseUntil)).build();
    }

    /** As {@link #sending(Instant, Instant)}, with the password that the machine is to have. */
    public Instance sending(Instant now, Instant leaseUntil, SealedPassword made) {
        from(InstanceState.PROVISIONING);
        return change().creation(new CreateProgress(Optional.of(now), leaseUntil)).password(password.made(made))
                .build();
    }

    /** The provider did not carry the order out; it may go out again. */
    public Instance deferred() {
        from(InstanceState.PROVISIONING, InstanceState.TERMINATING);
        return change().creation(CreateProgress.NOT_SENT).build();
    }

    /** No answer: perhaps there is a machine. */
    public Instance unanswered() {
        from(InstanceState.PROVISIONING, InstanceState.TERMINATING);
        return change().creation(new CreateProgress(creation.sentAt(), Instant.EPOCH)).build();
    }

    /** The provider's machine is known, even if its end was decided meanwhile. */
    public Instance created(Machine seen) {
        from(InstanceState.PROVISIONING, InstanceState.TERMINATING);
        InstanceChange known = change().creation(new CreateProgress(creation.sentAt(), Instant.EPOCH)).machine(seen);
        return termination.map(end -> known.termination(end.found())).orElse(known).build();
    }

    /** PROVISIONING → ACTIVE. */
    public Instance up(Machine seen, Instant now) {
        from(InstanceState.PROVISIONING);
        Instance active = change().state(InstanceState.ACTIVE).machine(seen).build();
        return active.causing(InstanceEvents.provisioned(active, now));
    }

    /** PROVISIONING → FAILED, where the provider said for certain that nothing was created. */
    public Instance neverCreated(String reason, Instant now) {
        from(InstanceState.PROVISIONING);
        Termination end = Termination.decided(InstanceState.FAILED, reason, now, Optional.empty());
        Instance failed = change().state(InstanceState.FAILED).password(password.erased()).termination(end).build();
        return failed.causing(InstanceEvents.ended(failed, now));
    }

    /** Its password is given away, and kept here no longer. */
    public Instance revealed(Instant now) {
        from(InstanceState.ACTIVE);
        return change().password(password.revealed(now)).build();
    }

    /** Its owner is told that its time is running out; next time closer to the end. */
    public Instance warned(Instant now) {
        from(InstanceState.PROVISIONING, InstanceState.ACTIVE);
        ExpiryWarning given = warning.orElseThrow().latest(expiresAt, now);
        Instance warned = change().warning(given.next()).build();
        return warned.causing(InstanceEvents.expiring(warned, given, now));
    }

    /** An extension has been claimed in time. */
    public Instance awaitingExtension() {
        from(InstanceState.PROVISIONING, InstanceState.ACTIVE);
        return change().extensionClaimed(true).build();
    }

    /** The lease is longer by a paid segment. */
    public Instance extended(PaidSegment segment, Instant now) {
        from(InstanceState.PROVISIONING, InstanceState.ACTIVE);
        Instance longer = change().segment(segment, now).extensionClaimed(false).build();
        return longer.causing(InstanceEvents.extended(longer, segment, now));
    }

    /** Its owner wants it extended automatically from now on, or, without terms, no longer. */
    Instance autoExtendSet(Optional<AutoExtendTerms> terms) {
        from(InstanceState.PROVISIONING, InstanceState.ACTIVE);
        return terms.map(wanted -> change().autoExtend(AutoExtend.set(autoExtend, wanted)).build())
                .orElseGet(() -> change().autoExtend(autoExtend.orElseThrow().off()).build());
    }

    /** Its owner is told what its next extension will cost, and when. */
    Instance announcing(Usdc amount, Instant at, Instant now) {
        from(InstanceState.ACTIVE);
        AutoExtend wanted = autoExtend.orElseThrow();
        AnnouncedExtension next = new AnnouncedExtension(expiresAt, spec.plan(), wanted.terms().hours(), amount, at,
                Optional.empty());
        Instance announcing = change().autoExtend(wanted.announced(next)).build();
        return announcing.causing(InstanceEvents.autoExtending(announcing, next, now));
    }

    /** What was announced is ordered next, for no more than that; expiry waits for it as for any extension. */
    Instance autoExtending(String order, Usdc amount) {
        from(InstanceState.ACTIVE);
        AutoExtend wanted = autoExtend.orElseThrow();
        AnnouncedExtension next = wanted.next().orElseThrow();
        return change().autoExtend(wanted.announced(next.ordered(order, amount))).extensionClaimed(true).build();
    }

    /** It is not extended automatically before its present end; what was for another end is only forgotten. */
    Instance autoExtendFailed(AutoExtendFailure reason, Instant now) {
        from(InstanceState.ACTIVE);
        AutoExtend wanted = autoExtend.orElseThrow();
        if (wanted.next().filter(next -> !next.leaseEnd().equals(expiresAt)).isPresent()) {
            return change().autoExtend(wanted.withoutNext()).build();
        }
        Instance failed = change().autoExtend(wanted.failed(reason)).build();
        return failed.causing(InstanceEvents.autoExtendFailed(failed, reason, now));
    }

    /** What is being done to it, if anything is. */
    public Optional<Operation> pendingOperation() {
        return operation.filter(last -> state == InstanceState.ACTIVE && last.isPending());
    }

    /** Something is to be done to it; the provider is asked next. */
    Instance operating(Operation wanted) {
        from(InstanceState.ACTIVE);
        if (pendingOperation().isPresent()) {
            throw new IllegalStateException("instance %s has an operation under way".formatted(id));
        }
        return change().operation(wanted).build();
    }

    /** What is being done to it has come further, or has failed. */
    Instance operated(Operation further) {
        pending();
        return change().operation(further).build();
    }

    /** What was being done to it shows. */
    Instance operated(Operation done, Machine seen, Instant now) {
        pending();
        Instance changed = change().operation(done).machine(seen).build();
        return done.kind() == OperationKind.RESIZE
                ? changed
                : changed.causing(InstanceEvents.powerChanged(changed, done, now));
    }

    /** What is being done to it does not show yet. */
    Instance seen(Operation further, Machine seen) {
        pending();
        return change().operation(further).machine(seen).build();
    }

    /** It has a larger plan from the moment that was asked for, at the latest, and its prepaid time is exchanged. */
    Instance resized(Operation accepted, Instant now) {
        pending();
        Upgrade upgrade = accepted.upgrade().orElseThrow();
        Instance larger = change().plan(upgrade.to(), exchange(upgrade.hourly(), accepted.sentAt()), now)
                .operation(accepted).build();
        return larger.causing(InstanceEvents.resized(larger, upgrade, expiresAt, now));
    }

    /** What the prepaid time would come to at another price. */
    public LeaseExchange exchange(Usdc hourly, Instant at) {
        return LeaseExchange.of(segments, createdAt, at, hourly);
    }

    /**
     * → TERMINATING: from now on its deletion is wanted, whatever the provider answers.
     *
     * @param outcome the final state this leads to
     */
    public Instance terminating(InstanceState outcome, String reason, Instant now) {
        from(InstanceState.PROVISIONING, InstanceState.ACTIVE);
        boolean neverUp = outcome == InstanceState.FAILED && state == InstanceState.PROVISIONING;
        return ending(Termination.decided(outcome, reason, now, neverUp ? Optional.empty() : unused(now)), now);
    }

    /** ACTIVE → TERMINATING: the provider has lost its machine. Time counts as used until it was first missed. */
    public Instance vanished(Instant firstMissed, Instant now) {
        from(InstanceState.ACTIVE);
        return ending(Termination.decided(InstanceState.FAILED, FailureReason.MACHINE_VANISHED.code(), now,
                unused(firstMissed)), now);
    }

    private Instance ending(Termination end, Instant now) {
        InstanceChange change = change().state(InstanceState.TERMINATING).password(password.erased()).termination(end);
        pendingOperation().ifPresent(given -> change.operation(given.failed("instance_ended")));
        Optional<AutoExtend> missed = autoExtend.filter(AutoExtend::isAwaited)
                .filter(_ -> end.outcome() == InstanceState.EXPIRED);
        missed.ifPresent(wanted -> change.autoExtend(wanted.failed(AutoExtendFailure.TOO_LATE)));
        Instance ending = change.build();
        Instance told = missed.isEmpty()
                ? ending
                : ending.causing(InstanceEvents.autoExtendFailed(ending, AutoExtendFailure.TOO_LATE, now));
        return told.causing(InstanceEvents.ended(ending, now));
    }

    private Optional<UnusedTime> unused(Instant since) {
        return Optional.of(UnusedTime.of(segments, createdAt, expiresAt, since));
    }

    /** Whether its owner is still to be given back what was left of the prepaid time. */
    public boolean owesUnusedTime() {
        return termination.filter(Termination::owes).isPresent();
    }

    /** What was left of the prepaid time has been given back. */
    public Instance unusedTimeGivenBack() {
        return change().termination(termination.orElseThrow().givenBack()).build();
    }

    /** Deletion was asked for, or looked for, and the machine may still be there. */
    public Instance deletionAsked(Instant nextAttemptAt) {
        return change().termination(ending().asked(nextAttemptAt)).build();
    }

    /** The provider says that it deletes it: to be looked for now. */
    Instance deletionAccepted(Instant now) {
        return change().termination(ending().accepted(now)).build();
    }

    /** It could not be seen whether it is gone. */
    Instance lookPutOff(Instant nextAttemptAt) {
        return change().termination(ending().putOff(nextAttemptAt)).build();
    }

    /** Seen to be gone for the first time. */
    public Instance absent(Instant now, Instant nextLookAt) {
        return change().termination(ending().absent(now, nextLookAt)).build();
    }

    /** TERMINATING → its outcome: observed to be gone, twice. */
    public Instance closed() {
        return change().state(ending().outcome()).build();
    }

    /** Its events are on the bus. */
    public Instance published() {
        return change().pendingEvents(List.of()).build();
    }

    private Optional<Instant> autoExtendDueAt() {
        return autoExtend.flatMap(wanted -> wanted.dueAt(expiresAt));
    }

    private Instant endOrWarning() {
        return warning.map(next -> next.at(expiresAt)).orElseGet(this::destroysAt);
    }

    private void pending() {
        if (pendingOperation().isEmpty()) {
            throw new IllegalStateException("instance %s has no operation under way".formatted(id));
        }
    }

    private Termination ending() {
        from(InstanceState.TERMINATING);
        return termination.orElseThrow();
    }

    private void from(InstanceState... allowed) {
        if (!List.of(allowed).contains(state)) {
            throw new IllegalStateException("instance %s is %s".formatted(id, state));
        }
    }

    private InstanceChange change() {
        return new InstanceChange(this);
    }

    private Instance causing(DomainEvent event) {
        List<DomainEvent> all = new ArrayList<>(pendingEvents);
        all.add(event);
        // Part of the change that caused it, so not a version of its own.
        return new Instance(id, owner, spec, segments, state, createdAt, expiresAt, warning, extensionClaimed, creation,
                password, machine, termination, operation, autoExtend, all, version);
    }
}
