package io.x402compute.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.payment.TakenNumbers;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.SettlingAccount;

/**
 * Closes gaps in the numbers of settling transactions. A function that dies between taking a number and storing it leaves one,
 * and every later settlement would wait behind it for ever.
 */
public final class NumberGaps {
    /** Longer than anybody can hold a number without having stored it. */
    private static final Duration ABANDONED = OrderAdvancer.LEASE.multipliedBy(2);

    private final SettlingAccount account;
    private final TakenNumbers numbers;
    private final PaymentLedger ledger;
    private final Function<Instant, Set<Long>> others;
    private final Clock clock;

    /** Of an account that settles nothing but orders. */
    public NumberGaps(SettlingAccount account, TakenNumbers numbers, PaymentLedger ledger, Clock clock) {
        this(account, numbers, ledger, until -> Set.of(), clock);
    }

    /** @param others numbers that are held for anything but orders, by whoever's lease may last until then */
    public NumberGaps(SettlingAccount account, TakenNumbers numbers, PaymentLedger ledger,
            Function<Instant, Set<Long>> others, Clock clock) {
        this.account = account;
        this.numbers = numbers;
        this.ledger = ledger;
        this.others = others;
        this.clock = clock;
    }

    /**
     * Closes the first gap, if the chain waits at one; the next look finds the next. What nobody holds any more is closed again
     * until the chain goes on, for a transaction that fills a gap can get stuck like any other.
     */
    public void close() {
        account.nextNumber().ifPresent(expected -> {
            Instant longAgo = clock.instant().minus(ABANDONED);
            boolean abandoned = numbers.waitedForSince(account.signer(), expected).filter(longAgo::isAfter).isPresent();
            if (abandoned && !inFlight().contains(expected)
                    && !others.apply(clock.instant().plus(ABANDONED)).contains(expected)) {
                account.skip(expected);
            }
        });
    }

    /** On Solana transactions have no numbers. */
    private static boolean isNumbered(Claim claim) {
        return claim.payment().filter(payment -> payment.requirements().network().isEvm()).isPresent();
    }

    /** The numbers of every settlement that may be out, those that somebody is at just now included. */
    private Set<Long> inFlight() {
        Instant afterEveryLease = clock.instant().plus(ABANDONED);
        return ledger.due(afterEveryLease)
                .stream()
                .flatMap(key -> ledger.find(key).stream())
                .filter(NumberGaps::isNumbered)
                .flatMap((Claim claim) -> Stream.concat(claim.handle().stream(),
                        claim.refund().stream().flatMap(refund -> refund.handle().stream())))
                .map(SettlementHandle::signerNonce)
                .collect(Collectors.toSet());
    }
}
