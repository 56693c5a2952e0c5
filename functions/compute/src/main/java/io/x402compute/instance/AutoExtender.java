package io.x402compute.instance;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import io.x402compute.instance.LeaseExtensions.Offer;
import io.x402compute.instance.LeaseExtensions.Progress;
import io.x402compute.x402.protocol.Usdc;

/**
 * Has leases extended whose owners want that, one step at a time: announces what it will cost, and at the announced
 * moment orders it. That it is ordered is written into the row before it is, so that nothing else can be ordered for the
 * same end; what it cost is written by the delivery that lengthens the lease.
 */
public final class AutoExtender {
    private final InstanceStore store;
    private final LeaseExtensions extensions;
    private final Supplier<UUID> orderIds;
    private final Clock clock;

    public AutoExtender(InstanceStore store, LeaseExtensions extensions, Supplier<UUID> orderIds, Clock clock) {
        this.store = store;
        this.extensions = extensions;
        this.orderIds = orderIds;
        this.clock = clock;
    }

    /** Does what is due for that instance, if anything is. */
    Attempt attend(Instance instance) {
        return Attempt.answered(instance.isToBeAutoExtended(clock.instant())
                ? goOn(instance, instance.autoExtend().orElseThrow())
                : instance);
    }

    private Instance goOn(Instance instance, AutoExtend wanted) {
        return wanted.next().filter(AnnouncedExtension::isOrdered)
                .map(ordered -> order(instance, ordered))
                .orElseGet(() -> decide(instance, wanted));
    }

    private Instance decide(Instance instance, AutoExtend wanted) {
        return switch (extensions.offer(instance, wanted.terms().hours())) {
            case Offer.NotSold() -> fail(instance, AutoExtendFailure.NOT_EXTENDABLE);
            case Offer.Priced(Usdc amount, boolean covered) -> {
                if (wanted.wouldPass(amount)) {
                    yield fail(instance, AutoExtendFailure.CEILING_REACHED);
                }
                Optional<AnnouncedExtension> announced = wanted.next()
                        .filter(next -> amount.compareTo(next.amount()) <= 0);
                if (announced.isEmpty()) {
                    yield announce(instance, amount);
                }
                yield covered ? begin(instance, amount) : fail(instance, AutoExtendFailure.INSUFFICIENT_CREDITS);
            }
        };
    }

    /** Also what has become dearer since it was announced. */
    private Instance announce(Instance instance, Usdc amount) {
        Instant now = clock.instant();
        return AutoExtend.orderedAt(instance.expiresAt(), now)
                .map(at -> save(instance, instance.announcing(amount, at, now)))
                .orElseGet(() -> fail(instance, AutoExtendFailure.TOO_LATE));
    }

    private Instance begin(Instance instance, Usdc amount) {
        Instance ordering = instance.autoExtending(orderIds.get().toString(), amount);
        return store.save(ordering)
                ? order(ordering, ordering.autoExtend().flatMap(AutoExtend::next).orElseThrow())
                : current(instance);
    }

    private Instance order(Instance instance, AnnouncedExtension extension) {
        return switch (extensions.order(instance, extension)) {
            case Progress.Underway() -> current(instance);
            case Progress.Delivered() -> current(instance);
            case Progress.Refused(AutoExtendFailure reason) -> fail(instance, reason);
        };
    }

    private Instance fail(Instance instance, AutoExtendFailure reason) {
        return save(instance, instance.autoExtendFailed(reason, clock.instant()));
    }

    private Instance save(Instance instance, Instance next) {
        return store.save(next) ? next : current(instance);
    }

    private Instance current(Instance instance) {
        return store.find(instance.id()).orElseThrow();
    }
}
