package io.x402compute.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.protocol.Usdc;

/**
 * An owner's standing wish that a lease gets longer from credit before it ends. What that costs is announced, and spent
 * some time later: never more than was announced, and never more in all than the owner's ceiling.
 *
 * @param enabled whether it goes on
 * @param terms as they were set last
 * @param spent by it so far, under whatever terms
 * @param next what is announced for the present end of the lease, or ordered already
 * @param failure why the lease ends at its present end
 */
public record AutoExtend(boolean enabled, AutoExtendTerms terms, Usdc spent, Optional<AnnouncedExtension> next,
        Optional<AutoExtendFailure> failure) {
    /** With the last warning; a lease that is no longer than that is told of at once. */
    static final Duration ANNOUNCED_AHEAD = Duration.ofHours(1);
    /** Early enough to do something else when it fails. */
    static final Duration ORDERED_AHEAD = Duration.ofMinutes(30);
    /** In which an owner can prevent it, however late it is announced. */
    static final Duration SHORTEST_NOTICE = Duration.ofMinutes(5);
    /** Two sweeps: an order has to be placed before the end. */
    static final Duration LATEST_AHEAD = Duration.ofMinutes(2);

    /** Set for the first time, or anew: whatever was only announced is announced again. */
    static AutoExtend set(Optional<AutoExtend> before, AutoExtendTerms terms) {
        return new AutoExtend(true, terms, before.map(AutoExtend::spent).orElse(Usdc.ZERO),
                before.flatMap(AutoExtend::ordered), Optional.empty());
    }

    AutoExtend off() {
        return new AutoExtend(false, terms, spent, ordered(), Optional.empty());
    }

    /** When there is something to do for it; empty if there is not before the lease ends. */
    Optional<Instant> dueAt(Instant leaseEnd) {
        return next.map(AnnouncedExtension::at)
                .or(() -> isAwaited() ? Optional.of(leaseEnd.minus(ANNOUNCED_AHEAD)) : Optional.empty());
    }

    /** Whether its owner counts on it for the present end of the lease. */
    boolean isAwaited() {
        return next.isPresent() || (enabled && failure.isEmpty());
    }

    /** When what is announced now is to be ordered; empty if that would be too late. */
    static Optional<Instant> orderedAt(Instant leaseEnd, Instant now) {
        Instant early = leaseEnd.minus(ORDERED_AHEAD);
        Instant noticed = now.plus(SHORTEST_NOTICE);
        return Optional.of(noticed.isAfter(early) ? noticed : early)
                .filter(at -> !at.isAfter(leaseEnd.minus(LATEST_AHEAD)));
    }

    /** Whether there is no room for that below the ceiling. */
    boolean wouldPass(Usdc amount) {
        return spent.plus(amount).compareTo(terms.ceiling()) > 0;
    }

    AutoExtend announced(AnnouncedExtension extension) {
        return new AutoExtend(enabled, terms, spent, Optional.of(extension), Optional.empty());
    }

    AutoExtend failed(AutoExtendFailure reason) {
        return new AutoExtend(enabled, terms, spent, Optional.empty(), Optional.of(reason));
    }

    AutoExtend withoutNext() {
        return new AutoExtend(enabled, terms, spent, Optional.empty(), Optional.empty());
    }

    /** The lease has another end: what was only announced for the old one is void. */
    AutoExtend atAnotherEnd() {
        return new AutoExtend(enabled, terms, spent, ordered(), Optional.empty());
    }

    /** The lease is longer by an order, which may be ours. */
    AutoExtend lengthenedBy(String order) {
        return next.filter(extension -> extension.isOrderedAs(order))
                .map(ours -> new AutoExtend(enabled, terms, spent.plus(ours.amount()), Optional.empty(),
                        Optional.empty()))
                .orElseGet(this::atAnotherEnd);
    }

    private Optional<AnnouncedExtension> ordered() {
        return next.filter(AnnouncedExtension::isOrdered);
    }
}
