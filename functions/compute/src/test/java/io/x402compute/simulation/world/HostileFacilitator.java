package io.x402compute.simulation.world;

import java.time.Duration;
import java.util.Optional;

import io.x402compute.simulation.schedule.Scheduler;
import io.x402compute.x402.evm.ExactEvmReason;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.Payment;

/**
 * A facilitator that may do its work and still answer anything else. What it never does is claim a success that is none: that
 * would be a fraud, which a seller can only answer with another facilitator.
 */
public final class HostileFacilitator implements Facilitator {
    private static final long MINED_WITHIN = 90_000;

    /** How a settlement goes. The first seven are those of the hostile-facilitator project. */
    enum Mode {
        /** Taken, mined sooner or later, and never answered. */
        ACCEPT_THEN_TIMEOUT,
        /** Mined, and answered with an error of the server. */
        ERROR_AFTER_SETTLE,
        /** Mined, and answered as if nothing had been paid. */
        DOUBLE_402,
        /** Mined, and answered when it may be too late. */
        SLOW_ANSWER,
        /** Mined, not answered, and the chain cannot be read for a while either. */
        RECONCILE_UNAVAILABLE,
        /** Answered as failed and safe to pay again, and mined later. */
        DECLARED_SAFE,
        CLEAN,
        /** Not mined when it answers, later or never. */
        PENDING,
        /** Lost before it was taken. */
        REQUEST_LOST,
        /** Refused, and true. */
        REFUSED,
        /** Its handle is dead. */
        OUTNUMBERED
    }

    private final Scheduler scheduler;
    private final Weather weather;
    private final Trace trace;
    private final Token token;
    private final Witness witness;
    private long downUntil;

    HostileFacilitator(Scheduler scheduler, Weather weather, Trace trace, Token token,
            Witness witness) {
        this.scheduler = scheduler;
        this.weather = weather;
        this.trace = trace;
        this.token = token;
        this.witness = witness;
    }

    /** Nobody reaches it for so long. */
    public void down(long millis) {
        downUntil = scheduler.millis() + millis;
    }

    @Override
    public Verification verify(Payment payment) {
        if (isDown()) {
            return new Verification.Unavailable("no route to host");
        }
        return obstacle(payment).<Verification>map(reason -> new Verification.Rejected(reason, ""))
                .orElseGet(() -> new Verification.Verified(payment.payer()));
    }

    /** In the order in which the real ones look. */
    private Optional<String> obstacle(Payment payment) {
        Token.Signed transfer = Token.Signed.of(payment);
        String reason = null;
        if (scheduler.now().getEpochSecond() + 6 > transfer.validBefore().getEpochSecond()) {
            reason = ExactEvmReason.VALID_BEFORE;
        } else if (!transfer.most().equals(payment.requirements().amount())) {
            reason = ExactEvmReason.VALUE_MISMATCH;
        } else if (token.hasMoved(payment.key())) {
            reason = ExactEvmReason.NONCE_ALREADY_USED;
        } else if (token.balance(transfer.from()) < transfer.most().micros()) {
            reason = ExactEvmReason.INSUFFICIENT_BALANCE;
        }
        return Optional.ofNullable(reason);
    }

    @Override
    public Preparation prepare(Payment payment) {
        return isDown()
                ? new Preparation.Unavailable("no route to host")
                : new Preparation.Prepared(SettlementHandle.REMOTE);
    }

    @Override
    public Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
        witness.settling(payment);
        if (isDown()) {
            return new Settlement.Unknown("", "no route to host");
        }
        Mode mode = weather.strikes(weather.climate().facilitator(), "facilitator is hostile")
                ? Mode.values()[weather.pick(Mode.values().length)]
                : Mode.CLEAN;
        trace.note(() -> "   settles " + mode);
        return switch (mode) {
            case ACCEPT_THEN_TIMEOUT -> {
                minedLater(payment);
                scheduler.pause(patience.toMillis());
                yield new Settlement.Unknown("", "timeout");
            }
            case ERROR_AFTER_SETTLE -> {
                token.bring(payment);
                yield new Settlement.Unknown("", "HTTP 502");
            }
            case DOUBLE_402 -> {
                token.bring(payment);
                yield new Settlement.Refused("payment_required", "", "");
            }
            case SLOW_ANSWER -> slowly(payment, patience);
            case RECONCILE_UNAVAILABLE -> {
                token.bring(payment);
                token.unreadable(weather.pick(120_000));
                yield new Settlement.Unknown("", "connection reset");
            }
            case DECLARED_SAFE -> {
                minedLater(payment);
                yield new Settlement.Refused("settlement_failed", "nothing was moved, it is safe to pay again", "");
            }
            case CLEAN -> outright(payment);
            case PENDING -> {
                if (weather.pick(3) > 0) {
                    minedLater(payment);
                }
                yield new Settlement.Unknown("0x" + "ee".repeat(32), "settlement_pending");
            }
            case REQUEST_LOST -> new Settlement.Unknown("", "connection reset");
            case REFUSED -> new Settlement.Refused(ExactEvmReason.INSUFFICIENT_BALANCE, "", "");
            case OUTNUMBERED -> new Settlement.Outnumbered("number 7 was used");
        };
    }

    private Settlement slowly(Payment payment, Duration patience) {
        long takes = weather.pick(20_000);
        if (takes > patience.toMillis()) {
            scheduler.at(scheduler.millis() + takes, () -> token.bring(payment));
            scheduler.pause(patience.toMillis());
            return new Settlement.Unknown("", "timeout");
        }
        scheduler.pause(takes);
        return outright(payment);
    }

    private Settlement outright(Payment payment) {
        boolean repeated = token.hasMoved(payment.key()) && weather.climate().repeatsSuccess();
        return token.bring(payment) || repeated
                ? new Settlement.Settled(token.transaction(payment.key()), payment.metered())
                : new Settlement.Refused(ExactEvmReason.TRANSACTION_FAILED, "", "");
    }

    private void minedLater(Payment payment) {
        scheduler.at(scheduler.millis() + weather.pick((int) MINED_WITHIN), () -> token.bring(payment));
    }

    private boolean isDown() {
        return scheduler.millis() < downUntil;
    }
}
