package io.x402compute.facilitation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.protocol.PaymentKey;

/** Finishes what calls have left under way, whether or not anybody asks again. */
public final class FacilitationResumption {
    /** A settlement that is waited for, and the reads around it. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(25);

    private final Facilitations rows;
    private final FacilitationAdvancer advancer;
    private final Runnable closeGaps;
    private final Clock clock;

    /** @param closeGaps closes gaps in the numbers of our transactions, which these have taken from the same counter as orders */
    public FacilitationResumption(Facilitations rows, Facilitator facilitator, TransferLookup transfers,
            Runnable closeGaps, Clock clock) {
        this.rows = rows;
        this.advancer = new FacilitationAdvancer(rows, facilitator, transfers, clock);
        this.closeGaps = closeGaps;
        this.clock = clock;
    }

    /**
     * Resumes until nothing is due or time is up; what is left stays due for the next run.
     *
     * @return how many were looked at
     */
    public long resume(Instant deadline) {
        long attended = 0;
        boolean waits = false;
        for (PaymentKey key : rows.due(clock.instant())) {
            if (clock.instant().plus(LONGEST_STEP).isAfter(deadline)) {
                break;
            }
            Optional<Facilitation> left = rows.find(key).flatMap(row -> attend(row, deadline));
            waits |= left.filter(row -> !row.isFinal()).isPresent();
            attended++;
        }
        if (waits) {
            closeGaps.run();
        }
        return attended;
    }

    private Optional<Facilitation> attend(Facilitation row, Instant deadline) {
        if (row.isFinal() || row.isLeased(clock.instant())) {
            return Optional.empty();
        }
        Facilitation taken = row.taken(advancer.leaseEnd());
        return rows.save(taken) ? Optional.of(advancer.advance(taken, Optional.empty(), deadline)) : Optional.empty();
    }

    /** The numbers of every transaction of these that may be out, those that somebody is at just now included. */
    public static Set<Long> inFlight(Facilitations rows, Instant afterEveryLease) {
        return rows.due(afterEveryLease).stream().flatMap(key -> rows.find(key).stream())
                .filter(row -> row.payment().requirements().network().isEvm())
                .flatMap(row -> row.handle().stream()).map(SettlementHandle::signerNonce).collect(Collectors.toSet());
    }
}
