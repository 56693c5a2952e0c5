package io.x402compute.order;

import java.util.Optional;

import io.x402compute.payment.Claim;

/**
 * Who delivers which kind of order. A function that only sells time needs no provider, so it has no fulfilment of machines, and
 * no order of that kind can come to it: another route's payment is another request.
 *
 * @param machines delivers machines, where this function does
 * @param time delivers more time, where this function does
 * @param topUps delivers credit
 * @param runs delivers runs, where this function does
 */
public record Deliveries(Optional<Fulfilment> machines, Optional<Fulfilment> time, Fulfilment topUps,
        Optional<RunFulfilment> runs) {

    /** For a function that has nothing to do with runs. */
    public Deliveries(Optional<Fulfilment> machines, Optional<Fulfilment> time, Fulfilment topUps) {
        this(machines, time, topUps, Optional.empty());
    }

    /** Whether what is ordered comes before its money is asked for, and is kept back until that is here. */
    boolean precedePayment(Claim claim) {
        return switch (OrderKind.of(claim)) {
            case RUN -> runs.orElseThrow().precedesPayment(claim);
            case PROVISION, EXTEND, TOPUP -> false;
        };
    }

    /** Runs what comes before its money. */
    RunOutcome run(Claim running, Errand errand) {
        return runs.orElseThrow().run(running, errand);
    }

    /** What became of that, whose runner is gone. */
    RunOutcome lookUp(Claim running, Errand errand) {
        return runs.orElseThrow().lookUp(running, errand);
    }

    boolean reserve(Claim claim) {
        return of(claim).reserve(claim);
    }

    Delivery deliver(Claim settled, Errand errand) {
        return of(settled).deliver(settled, errand);
    }

    private Fulfilment of(Claim claim) {
        return switch (OrderKind.of(claim)) {
            case PROVISION -> machines.orElseThrow();
            case EXTEND -> time.orElseThrow();
            case TOPUP -> topUps;
            case RUN -> runs.orElseThrow();
        };
    }
}
