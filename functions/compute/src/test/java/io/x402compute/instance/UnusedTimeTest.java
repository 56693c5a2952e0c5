package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.x402.protocol.Usdc;

class UnusedTimeTest {
    private static final Instant START = Rentals.NOW;
    private static final Usdc CHEAP = new Usdc(100);
    private static final Usdc DEAR = new Usdc(250);

    @ParameterizedTest
    @CsvSource({"PT0S, 23", "PT59M, 23", "PT1H, 23", "PT1H1S, 22", "PT22H59M59S, 1", "PT23H, 1", "PT23H0.001S, 0",
        "PT24H, 0",
        "PT25H, 0"})
    void anHourThatHasBegunIsUsedAndTheFirstInAnyCase(Duration used, long hours) {
        UnusedTime unused = after(used, PaidSegment.ofHours("day", 24, CHEAP));

        assertThat(unused.hours()).isEqualTo(hours);
        assertThat(unused.amount()).isEqualTo(CHEAP.times(hours));
        assertThat(unused.owed()).isEqualTo(hours > 0);
    }

    @Test
    void ofAnHourNothingIsLeft() {
        assertThat(after(Duration.ZERO, PaidSegment.ofHours("hour", 1, CHEAP)))
                .isEqualTo(new UnusedTime(0, List.of(), false));
    }

    @Test
    void whatIsLeftIsOfTheNewest() {
        UnusedTime unused = after(Duration.ofHours(10), PaidSegment.ofHours("first", 24, CHEAP),
                PaidSegment.ofHours("second", 5, DEAR));

        assertThat(unused.hours()).isEqualTo(19);
        assertThat(unused.parts()).containsExactly(new UnusedTime.Part("second", DEAR.times(5)),
                new UnusedTime.Part("first", CHEAP.times(14)));
    }

    @Test
    void anOrderWithTimeAtTwoPricesIsOwedOneSum() {
        UnusedTime unused = after(Duration.ofHours(1), PaidSegment.ofHours("order", 10, CHEAP),
                new PaidSegment("order", Duration.ofMinutes(90), DEAR));

        assertThat(unused.parts()).containsExactly(
                new UnusedTime.Part("order", new Usdc(DEAR.micros() * 3 / 2 + CHEAP.micros() * 17 / 2)));
    }

    @RepeatedTest(200)
    void noOrderIsOwedMoreThanItPaid(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int hourly = random.nextInt(1, 4);
        List<PaidSegment> segments = new ArrayList<>();
        for (int more = random.nextInt(1, 6); more > 0; more--) {
            segments.add(PaidSegment.ofHours("order-" + more, random.nextInt(1, 100), new Usdc(hourly)));
        }
        int seconds = random.nextInt(500 * 3600);

        UnusedTime unused = after(Duration.ofSeconds(seconds), segments.toArray(PaidSegment[]::new));

        Usdc paid = segments.stream().map(PaidSegment::amount).reduce(Usdc.ZERO, Usdc::plus);
        assertThat(unused.amount()).isEqualTo(new Usdc(hourly).times(unused.hours())).isLessThan(paid);
        assertThat(unused.parts()).allSatisfy(part -> assertThat(part.amount()).isLessThanOrEqualTo(segments.stream()
                .filter(segment -> segment.orderId().equals(part.orderId())).findFirst().orElseThrow().amount()));
    }

    private static UnusedTime after(Duration used, PaidSegment... segments) {
        Duration all = List.of(segments).stream().map(PaidSegment::length).reduce(Duration.ZERO, Duration::plus);
        return UnusedTime.of(List.of(segments), START, START.plus(all), START.plus(used));
    }
}
