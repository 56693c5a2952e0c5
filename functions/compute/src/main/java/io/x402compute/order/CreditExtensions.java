package io.x402compute.order;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.http.ApiException;
import io.x402compute.instance.AnnouncedExtension;
import io.x402compute.instance.AutoExtendFailure;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.LeaseExtensions;
import io.x402compute.payment.Claim;
import io.x402compute.payment.CreditBalance;
import io.x402compute.payment.Credits;
import io.x402compute.payment.OrderBinding;
import io.x402compute.payment.OrderId;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.payment.PaymentLedger.ClaimResult;
import io.x402compute.payment.Tender;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Usdc;

/**
 * Extensions that nobody asks for at the moment. The order is only placed here, under a payment key made of the machine and the
 * end of its lease; whoever resumes orders spends the credit and delivers, as for any other order.
 */
public final class CreditExtensions implements LeaseExtensions {
    private final PriceList prices;
    private final PaymentTerms terms;
    private final RentalLimits limits;
    private final Credits credits;
    private final PaymentLedger ledger;
    private final Clock clock;

    public CreditExtensions(PriceList prices, PaymentTerms terms, RentalLimits limits, Credits credits,
            PaymentLedger ledger, Clock clock) {
        this.prices = prices;
        this.terms = terms;
        this.limits = limits;
        this.credits = credits;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What makes an extension the only one for that end of a lease; no client can name it. */
    public static PaymentKey key(InstanceId instance, Instant leaseEnd) {
        return new PaymentKey("auto-extend/%s/%s".formatted(instance, leaseEnd));
    }

    @Override
    public Offer offer(Instance instance, int hours) {
        try {
            Usdc amount = TimePurchase.price(instance, request(hours), prices, limits, clock.instant()).current();
            Usdc available = credits.balance(instance.owner()).map(CreditBalance::available).orElse(Usdc.ZERO);
            return new Offer.Priced(amount, available.compareTo(amount) >= 0);
        } catch (ApiException notForSale) {
            return new Offer.NotSold();
        }
    }

    @Override
    public Progress order(Instance instance, AnnouncedExtension extension) {
        PaymentKey key = key(instance.id(), extension.leaseEnd());
        return ledger.find(key).map(CreditExtensions::progress).orElseGet(() -> place(key, instance, extension));
    }

    private Progress place(PaymentKey key, Instance instance, AnnouncedExtension extension) {
        Instant now = clock.instant();
        if (!now.isBefore(extension.leaseEnd())) {
            // Somebody who was in time may be placing it at this moment.
            return now.isBefore(extension.leaseEnd().plus(OrderAdvancer.LEASE))
                    ? new Progress.Underway()
                    : new Progress.Refused(AutoExtendFailure.TOO_LATE);
        }
        // For whoever resumes orders to take up at once.
        Claim fresh = Claim.of(key, new Tender.Credit(instance.owner(), extension.amount()),
                binding(instance, extension), now, now);
        return switch (ledger.claim(fresh)) {
            case ClaimResult.Claimed(Claim claim) -> progress(claim);
            case ClaimResult.AlreadyClaimed(Claim existing) -> progress(existing);
            case ClaimResult.KeyTaken() -> new Progress.Underway();
            case ClaimResult.TabTaken() -> new Progress.Underway();
        };
    }

    private OrderBinding binding(Instance instance, AnnouncedExtension extension) {
        return TimePurchase.binding(OrderId.of(extension.order().orElseThrow()), instance.id(),
                request(extension.hours()), "/compute/instances/" + instance.id() + "/auto-extend", extension.plan());
    }

    private ExtendRequest request(int hours) {
        return new ExtendRequest(hours, Optional.of(terms.networks().getFirst()));
    }

    private static Progress progress(Claim claim) {
        return switch (claim.state()) {
            case CLAIMED, RUNNING, RAN, SETTLING, SETTLE_UNKNOWN, SETTLED -> new Progress.Underway();
            case FULFILLED -> new Progress.Delivered();
            case SETTLE_REFUSED -> new Progress.Refused(AutoExtendFailure.INSUFFICIENT_CREDITS);
            case RUN_FAILED, REFUND_DUE, REFUNDING, REFUND_UNKNOWN, REFUNDED, CREDITED ->
                new Progress.Refused(AutoExtendFailure.NOT_EXTENDABLE);
        };
    }
}
