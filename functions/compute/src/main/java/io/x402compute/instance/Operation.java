package io.x402compute.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Something an owner wants done to a machine, written down before the provider is asked for it. The last one stays in the row,
 * so that its owner can see what became of it; there is one at a time.
 *
 * <pre>
 *           ┌─ DEFERRED ◄─┐
 *           ▼             │
 *          SENT ──────────┤
 *           ├► ACCEPTED ──┼► DONE
 *           └─────────────┴► FAILED
 * </pre>
 *
 * @param upgrade of a {@link OperationKind#RESIZE}
 * @param askedAt when its owner asked, by which it is told from any other
 * @param sentAt when the provider was last asked
 * @param nextLookAt when to go on with it; nobody does before, while it may be with the provider
 * @param providerAction the provider's own number for it, where it told one
 * @param failure a machine code, once it has failed
 */
public record Operation(
        OperationKind kind,
        OperationPhase phase,
        Optional<Upgrade> upgrade,
        Instant askedAt,
        Instant sentAt,
        Instant nextLookAt,
        Optional<String> providerAction,
        Optional<String> failure) {
    /** Longer than any function runs: whoever sent it is certainly not at it any more. */
    static final Duration LEASE = Duration.ofMinutes(2);
    /** A change of power shows after 19 s at the latest, as measured; one that does not by then is not looked for any more. */
    static final Duration POWER_SHOWS_BY = Duration.ofMinutes(10);
    /** Nobody published how late a change of plan can show. */
    static final Duration PLAN_SHOWS_BY = Duration.ofMinutes(30);
    /** What could not even be asked for until then is not wanted any more. */
    static final Duration ASKED_BY = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LATER = Duration.ofMinutes(5);

    /** One that is about to be sent. */
    static Operation sent(OperationKind kind, Optional<Upgrade> upgrade, Instant now) {
        return new Operation(kind, OperationPhase.SENT, upgrade, now, now, now.plus(LEASE), Optional.empty(),
                Optional.empty());
    }

    public boolean isPending() {
        return phase.isPending();
    }

    /** Whether it is this one, however far it has come. */
    boolean is(Operation other) {
        return kind == other.kind && askedAt.equals(other.askedAt);
    }

    /** Whether nobody is to touch it now: the provider may be being asked, or is not to be asked yet. */
    boolean isResting(Instant now) {
        return phase != OperationPhase.ACCEPTED && now.isBefore(nextLookAt);
    }

    /** Whether one that does not show will not show any more. The provider takes what it has accepted to its end. */
    boolean isGivenUp(Instant now) {
        return switch (kind) {
            case START, STOP, REBOOT -> !now.isBefore(askedAt.plus(POWER_SHOWS_BY));
            case RESIZE -> phase == OperationPhase.SENT && !now.isBefore(sentAt.plus(PLAN_SHOWS_BY));
        };
    }

    /** DEFERRED, or SENT without effect → SENT. */
    Operation sentAgain(Instant now) {
        return next(OperationPhase.SENT, now, now.plus(LEASE), providerAction, Optional.empty());
    }

    /** SENT → DEFERRED: it was not carried out. */
    Operation deferred(Instant until) {
        return next(OperationPhase.DEFERRED, sentAt, until, providerAction, Optional.empty());
    }

    /** Still SENT, and nobody waits for the answer any more. */
    Operation unanswered(Instant now) {
        return next(OperationPhase.SENT, sentAt, now.plus(SOON), providerAction, Optional.empty());
    }

    /** SENT → ACCEPTED. */
    Operation accepted(Optional<String> action, Instant now) {
        return next(OperationPhase.ACCEPTED, sentAt, now.plus(SOON), action, Optional.empty());
    }

    /** It does not show yet. */
    Operation lookedFor(Instant now) {
        boolean early = now.isBefore(sentAt.plus(POWER_SHOWS_BY));
        return next(phase, sentAt, now.plus(early ? SOON : LATER), providerAction, Optional.empty());
    }

    /** → DONE: it shows. */
    Operation done() {
        return next(OperationPhase.DONE, sentAt, nextLookAt, providerAction, Optional.empty());
    }

    /** → FAILED. */
    Operation failed(String code) {
        return next(OperationPhase.FAILED, sentAt, nextLookAt, providerAction, Optional.of(code));
    }

    /** Whether a machine that looks like this has had it done. */
    boolean showsIn(Machine machine) {
        return switch (kind) {
            case START -> machine.powerStatus().equals(Machine.RUNNING);
            case STOP -> machine.powerStatus().equals(Machine.STOPPED);
            // A machine looks the same before and after.
            case REBOOT -> phase == OperationPhase.ACCEPTED;
            case RESIZE -> machine.plan().equals(upgrade.orElseThrow().to());
        };
    }

    private Operation next(OperationPhase then, Instant sent, Instant look, Optional<String> action,
            Optional<String> code) {
        return new Operation(kind, then, upgrade, askedAt, sent, look, action, code);
    }
}
