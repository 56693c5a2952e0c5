package io.x402compute.order;

import java.util.List;

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

    static Price of(List<Usdc> hourlyNewestFirst, int hours) {
        List<Usdc> amounts = hourlyNewestFirst.stream().map(hourly -> hourly.times(hours)).distinct().toList();
        return new Price(hourlyNewestFirst.getFirst(), hours, amounts.getFirst(), amounts);
    }
}
