package io.x402compute.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.http.ApiException;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Wallet;

/**
 * Runs that are carried out before they are paid: one of a payer at a time, or he could sign away the same money for many. A tab names
 * the last of them, and how far that one is tells whether it is open: so nothing has to be freed, whoever dies at what.
 */
record RunTabs(PaymentLedger ledger, Clock clock) {
    /** Whoever has not paid for a run waits for so long with the next, or pays for it after all. */
    static final Duration UNPAID = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofSeconds(5);

    /**
     * What is on the tab, which is over.
     *
     * @throws ApiException 409 while it is not
     */
    Optional<PaymentKey> closed(Wallet payer) {
        Optional<PaymentKey> latest = ledger.onTab(payer);
        if (latest.flatMap(ledger::find).filter(this::isOpen).isPresent()) {
            throw taken();
        }
        return latest;
    }

    private boolean isOpen(Claim claim) {
        Instant now = clock.instant();
        return switch (claim.state()) {
            case CLAIMED, RUNNING, RAN, SETTLING, SETTLE_UNKNOWN -> true;
            case SETTLE_REFUSED -> now.isBefore(claim.claimedAt().plus(UNPAID));
            case RUN_FAILED, SETTLED, FULFILLED, REFUND_DUE, CREDITED, REFUNDING, REFUND_UNKNOWN, REFUNDED -> false;
        };
    }

    static ApiException taken() {
        return new ApiException(409, "run_unsettled",
                "The last run of this wallet is not paid yet; nothing was taken for this one, send it again")
                .retryAfter(
                        SOON);
    }
}
