package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.protocol.Usdc;

class AmountMarkTest {
    /** A moment at which five minutes begin. */
    private static final Instant BEGIN = Instant.parse("2026-11-21T12:00:00Z");
    private static final Usdc PRICE = new Usdc(10_000);

    private final AmountMarks marks = new AmountMarks(() -> "a secret of the shop");
    private final AmountMark mark = marks.of("a cat");

    @Test
    void anAmountIsThePriceAndLessThanAThousandthOfADollar() {
        for (long price : new long[]{0, 1, 999, 1_000, 3_000, 10_417, 299_999, 999_000}) {
            for (int window = 0; window < 20; window++) {
                Usdc amount = mark.on(new Usdc(price), after(window));
                assertThat(amount.micros() - price).isBetween(0L, 999L);
                assertThat(mark.isBorneBy(amount, after(window))).isTrue();
            }
        }
    }

    @Test
    void theSameIsAskedForFiveMinutes() {
        assertThat(mark.on(PRICE, BEGIN.plusSeconds(299))).isEqualTo(mark.on(PRICE, BEGIN));
        assertThat(IntStream.range(0, 50).mapToObj(window -> mark.on(PRICE, after(window))).distinct())
                .as("amounts of 50 windows").hasSizeGreaterThan(40);
    }

    @Test
    void nearlyEveryOtherRequestIsAskedForAnotherAmount() {
        List<Usdc> amounts = IntStream.range(0, 1_000).mapToObj(i -> marks.of("request " + i).on(PRICE, BEGIN))
                .toList();

        assertThat(amounts.stream().filter(mark.on(PRICE, BEGIN)::equals).count()).isLessThan(10);
        assertThat(amounts.stream().distinct().count()).isGreaterThan(580);
    }

    @Test
    void withoutTheSecretNobodyKnowsIt() {
        AmountMarks others = new AmountMarks(() -> "another secret");
        assertThat(IntStream.range(0, 20).filter(
                i -> others.of("a cat").on(PRICE, after(i)).equals(mark.on(PRICE, after(i)))).count()).isLessThan(5);
    }

    @Test
    void anAmountMayBePaidUntilTheNextFiveMinutesAreOver() {
        Usdc amount = mark.on(PRICE, BEGIN);

        assertThat(mark.isBorneBy(amount, BEGIN.plusSeconds(599))).isTrue();
        assertThat(mark.isBorneBy(amount, BEGIN.plusSeconds(600))).as("later").isFalse();
        assertThat(mark.isBorneBy(amount, BEGIN.minusSeconds(30))).as("by a clock that trails ours").isTrue();
        assertThat(mark.isBorneBy(amount, BEGIN.minusSeconds(61))).as("before it was asked").isFalse();
    }

    @Test
    void everyAmountThatWasAskedSinceIsKnownNewestFirst() {
        Instant now = BEGIN.plus(Duration.ofMinutes(11));

        assertThat(mark.asked(PRICE, now.minusSeconds(330), now))
                .containsExactly(mark.on(PRICE, after(2)), mark.on(PRICE, after(1)));
        assertThat(mark.asked(PRICE, now.minusSeconds(400), now)).hasSize(3);
    }

    private static Instant after(int windows) {
        return BEGIN.plus(AmountMark.WINDOW.multipliedBy(windows));
    }
}
