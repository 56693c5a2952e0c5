package io.x402compute.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.http.Json;
import io.x402compute.inference.Estimate;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.Tariff;
import io.x402compute.x402.protocol.Usdc;

/** What is asked for runs: their price, and where transactions count as payments, a mark that says for which run it is. */
public final class RunPrices {
    /** As long before it was paid as a mark is borne, and as long after as it may be presented. */
    private static final Duration MARKS_KEPT = AmountMark.WINDOW.multipliedBy(2).plus(ProofCheckout.PRESENTED_WITHIN);

    private final Tariff tariff;
    private final Optional<AmountMarks> marks;
    private final Clock clock;

    /** @param marks where transactions count as payments */
    public RunPrices(Tariff tariff, Optional<AmountMarks> marks, Clock clock) {
        this.tariff = tariff;
        this.marks = marks;
        this.clock = clock;
    }

    /**
     * What is asked for a run, and why.
     *
     * @param amount that its challenge asks at this moment
     */
    public record Asked(Estimate estimate, Usdc amount) {

        /** What the mark adds. */
        public Usdc margin() {
            return amount.minus(estimate.ceiling());
        }
    }

    /** For whoever only asks. */
    public Asked asked(RunRequest request, Estimate estimate) {
        return new Asked(estimate, price(request, estimate).current());
    }

    Price price(RunRequest request) {
        return price(request, tariff.estimate(request));
    }

    private Price price(RunRequest request, Estimate estimate) {
        Instant now = clock.instant();
        return mark(request).filter(any -> estimate.ceiling().compareTo(AmountMark.MOST) < 0)
                .map(mark -> Price.marked(estimate.honoured(), mark, now.minus(MARKS_KEPT), now))
                .orElseGet(() -> Price.of(estimate));
    }

    /** Of all that is asked for: who reads along must not have it sent elsewhere either. */
    Optional<AmountMark> mark(RunRequest request) {
        return marks.map(all -> all.of(Json.write(request.toJson())));
    }
}
