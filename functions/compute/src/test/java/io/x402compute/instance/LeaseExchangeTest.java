package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.x402.protocol.Usdc;

class LeaseExchangeTest {
    private static final Instant START = Rentals.NOW;
    private static final Usdc CHEAP = new Usdc(70_800);
    private static final Usdc TWICE = new Usdc(141_600);

    @Test
    void whatIsUnusedBuysAsMuchTimeAsItIsWorth() {
        PaidSegment day = PaidSegment.ofHours("order", 24, CHEAP);

        LeaseExchange exchange = LeaseExchange.of(List.of(day), START, START.plus(Duration.ofHours(4)), TWICE);

        assertThat(exchange.segments()).containsExactly(PaidSegment.ofHours("order", 4, CHEAP),
                PaidSegment.ofHours("order", 10, TWICE));
        assertThat(exchange.unused()).isEqualTo(Duration.ofHours(20));
        assertThat(exchange.exchanged()).isEqualTo(Duration.ofHours(10));
        assertThat(exchange.credit()).isEqualTo(CHEAP.times(20));
        assertThat(exchange.end(START)).isEqualTo(START.plus(Duration.ofHours(14)));
    }

    @Test
    void eachSegmentIsExchangedAtWhatItCost() {
        PaidSegment over = PaidSegment.ofHours("first", 24, CHEAP);
        PaidSegment begun = PaidSegment.ofHours("second", 24, CHEAP);
        PaidSegment later = PaidSegment.ofHours("third", 24, TWICE);

        LeaseExchange exchange = LeaseExchange.of(List.of(over, begun, later), START, START.plus(Duration.ofHours(36)),
                TWICE);

        assertThat(exchange.segments()).containsExactly(over, PaidSegment.ofHours("second", 12, CHEAP),
                PaidSegment.ofHours("second", 6, TWICE), later);
    }

    @Test
    void aSecondThatHasOnlyBegunIsUnused() {
        PaidSegment hour = PaidSegment.ofHours("order", 1, TWICE);

        assertThat(LeaseExchange.of(List.of(hour), START, START.plusMillis(1_999), TWICE).unused())
                .isEqualTo(Duration.ofSeconds(3_599));
        assertThat(LeaseExchange.of(List.of(hour), START, START.minusSeconds(5), TWICE).segments())
                .as("before the lease by a clock that is behind").containsExactly(hour);
    }

    /** In micro-USDC seconds, which are exact. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noSegmentLosesOrGainsWhatASecondIsWorth(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 250; i++) {
            exchangeAny(random);
        }
    }

    private static void exchangeAny(SplittableRandom random) {
        long newPrice = random.nextLong(1, 100_000_000);
        int usedSeconds = random.nextInt(4320 * 3600);
        List<PaidSegment> segments = new ArrayList<>();
        for (int left = random.nextInt(1, 6); left > 0; left--) {
            segments.add(PaidSegment.ofHours("order-" + left, random.nextInt(1, 4320),
                    new Usdc(random.nextLong(1, 100_000_000))));
        }

        LeaseExchange exchange = LeaseExchange.of(segments, START, START.plusSeconds(usedSeconds), new Usdc(newPrice));

        assertThat(segments).allSatisfy(segment -> {
            List<PaidSegment> parts = exchange.segments().stream()
                    .filter(part -> part.orderId().equals(segment.orderId())).toList();
            assertThat(parts).hasSizeBetween(1, 2);
            long lost = value(segment) - parts.stream().mapToLong(LeaseExchangeTest::value).sum();
            assertThat(lost).isBetween(0L, newPrice - 1);
        });
        Duration left = segments.stream().map(PaidSegment::length).reduce(Duration.ZERO, Duration::plus)
                .minusSeconds(usedSeconds);
        assertThat(exchange.unused()).isEqualTo(left.isNegative() ? Duration.ZERO : left);
    }

    private static long value(PaidSegment segment) {
        return segment.hourly().times(segment.length().toSeconds()).micros();
    }
}
