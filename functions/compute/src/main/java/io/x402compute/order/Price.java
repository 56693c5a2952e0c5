package io.x402compute.order;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.x402compute.inference.Estimate;
import io.x402compute.x402.protocol.Usdc;

/**
 * What something costs.
 *
 * @param hourly what an hour of it costs now
 * @param hours how many of them
 * @param current what a challenge asks now
 * @param honoured every amount that a challenge not yet timed out may have asked, the current one first
 */
record Price(Usdc hourly, int hours, Usdc current, List<Usdc> honoured) {

    /** Of something that costs what it is worth: an amount is its own price, and there are no hours of it. */
    static Price of(Usdc amount) {
        return new Price(amount, 1, amount, List.of(amount));
    }

    /** Of a run, which is asked the most that it can cost. */
    static Price of(Estimate estimate) {
        return new Price(estimate.ceiling(), 1, estimate.ceiling(), estimate.honoured());
    }

    static Price of(List<Usdc> hourlyNewestFirst, int hours) {
        List<Usdc> amounts = hourlyNewestFirst.stream().map(hourly -> hourly.times(hours)).distinct().toList();
        return new Price(hourlyNewestFirst.getFirst(), hours, amounts.getFirst(), amounts);
    }

    /**
     * Of something whose amount says what it is for.
     *
     * @param prices that are in force, the present one first: those without a mark are taken, too
     * @param since when the oldest challenge was made that may still be answered
     */
    static Price marked(List<Usdc> prices, AmountMark mark, Instant since, Instant now) {
        Stream<Usdc> asked = prices.stream().flatMap(price -> mark.asked(price, since, now).stream());
        List<Usdc> honoured = Stream.concat(asked, prices.stream()).distinct().toList();
        return new Price(prices.getFirst(), 1, honoured.getFirst(), honoured);
    }

    /** What it costs whoever does not say which of these prices he was quoted: nobody pays more than that. */
    Usdc lowest() {
        return Collections.min(honoured);
    }
}
