package io.x402compute.facilitation;

import java.time.Clock;
import java.util.Optional;

import io.x402compute.payment.PaymentLedger;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.Reasons;

/**
 * Settles payments that others present, with the operator's key and at the operator's expense. One payment is settled for one
 * request, whichever of many functions it comes to: the seller delivers for what he is told here, so a success is told once.
 */
public final class FacilitatorService {
    private final PaymentVerifier verifier;
    private final Facilitations rows;
    private final PaymentLedger orders;
    private final FacilitationAdvancer advancer;
    private final Clock clock;

    /** @param orders our own shop's, whose payments are not to be sent twice at our expense */
    public FacilitatorService(ServedPayments served, Facilitations rows, PaymentLedger orders, Facilitator facilitator,
            TransferLookup transfers, Clock clock) {
        this.verifier = new PaymentVerifier(served, facilitator);
        this.rows = rows;
        this.orders = orders;
        this.advancer = new FacilitationAdvancer(rows, facilitator, transfers, clock);
        this.clock = clock;
    }

    /** Settles it for this call, unless it is another's. */
    public SettleOutcome settle(Call call) {
        Optional<Facilitation> known = rows.find(call.payment().key());
        if (known.isPresent()) {
            return again(known.get(), call);
        }
        if (orders.find(call.payment().key()).isPresent()) {
            return duplicate("");
        }
        return switch (verifier.verify(call.payment())) {
            case Verification.Verified verified -> takeIn(call);
            // The same call may have been made beside this one, and settled meanwhile.
            case Verification.Rejected rejected -> rows.find(call.payment().key()).map(row -> again(row, call))
                    .orElseGet(() -> failed(rejected));
            case Verification.Unavailable(String why) -> new SettleOutcome.Unavailable(why);
        };
    }

    private SettleOutcome takeIn(Call call) {
        Facilitation fresh = Facilitation.of(call.request(), advancer.leaseEnd());
        return rows.insert(fresh).map(other -> again(other, call)).orElseGet(() -> advanced(fresh, call));
    }

    private SettleOutcome again(Facilitation row, Call call) {
        if (row.isReopenable(clock.instant())) {
            return reopen(row, call);
        }
        if (!call.asks(row.request())) {
            return duplicate("");
        }
        return switch (row.state()) {
            case OPEN -> new SettleOutcome.Pending("");
            case SENT ->
                row.isLeased(clock.instant()) ? new SettleOutcome.Pending(row.transaction()) : resume(row, call);
            case SETTLED -> tell(row, call);
            case REFUSED -> new SettleOutcome.Failed(row.reason(), "", row.transaction());
        };
    }

    private SettleOutcome reopen(Facilitation row, Call call) {
        return switch (verifier.verify(call.payment())) {
            case Verification.Verified verified -> {
                Facilitation reopened = row.reopened(call.request(), advancer.leaseEnd());
                yield rows.save(reopened) ? advanced(reopened, call) : retry(call);
            }
            case Verification.Rejected rejected -> failed(rejected);
            case Verification.Unavailable(String why) -> new SettleOutcome.Unavailable(why);
        };
    }

    private SettleOutcome resume(Facilitation row, Call call) {
        Facilitation taken = row.taken(advancer.leaseEnd());
        return rows.save(taken) ? advanced(taken, call) : retry(call);
    }

    /** Somebody was quicker; what he has made of it is told, and at the worst that he is at it. */
    private SettleOutcome retry(Call call) {
        Facilitation now = rows.find(call.payment().key()).orElseThrow();
        return now.isFinal() ? again(now, call) : new SettleOutcome.Pending(now.transaction());
    }

    private SettleOutcome advanced(Facilitation held, Call call) {
        Facilitation now = advancer.advance(held, Optional.of(call.name()), call.deadline());
        return switch (now.state()) {
            case OPEN, SENT -> new SettleOutcome.Pending(now.transaction());
            case SETTLED -> tell(now, call);
            case REFUSED -> new SettleOutcome.Failed(now.reason(), "", now.transaction());
        };
    }

    private SettleOutcome tell(Facilitation settled, Call call) {
        if (settled.told().isPresent()) {
            return settled.told().get().equals(call.name())
                    ? new SettleOutcome.Settled(settled.transaction())
                    : duplicate(settled.transaction());
        }
        return rows.save(settled.told(call.name()))
                ? new SettleOutcome.Settled(settled.transaction())
                : tell(rows.find(settled.key()).orElseThrow(), call);
    }

    private static SettleOutcome duplicate(String transaction) {
        return new SettleOutcome.Failed(Reasons.DUPLICATE_SETTLEMENT,
                "this payment was presented before, for another request", transaction);
    }

    private static SettleOutcome failed(Verification.Rejected rejected) {
        return new SettleOutcome.Failed(rejected.reason(), rejected.message(), "");
    }
}
