package io.x402compute.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.x402compute.simulation.report.Report;

/**
 * Paid once, delivered or given back, and no machine left: in any history. {@code -Dsimulation.histories} says how many,
 * {@code -Dsimulation.seed} which one.
 */
class SimulationTest {
    private static final long HISTORIES = Long.getLong("simulation.histories", 20_000);
    private static final long REPORT_EVERY = 50_000;

    @Test
    void inEveryHistoryEveryPaymentIsAnsweredAndNoMachineIsLeft() {
        Long one = Long.getLong("simulation.seed");
        long started = System.nanoTime();
        Optional<Long> failing = one == null
                ? Lanes.firstFailing(0, HISTORIES, lived -> progress(lived, started))
                : Lanes.firstFailing(one, one + 1, lived -> {});
        failing.ifPresent(seed -> fail(Report.of(seed)));
        if (one == null) {
            print(HISTORIES, started);
        }
    }

    @Test
    void aSeedTellsItsWholeHistory() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(History.live(Script.of(seed), true)).usingRecursiveComparison()
                    .isEqualTo(History.live(Script.of(seed), true));
        }
    }

    private static void progress(long lived, long started) {
        if (lived % REPORT_EVERY == 0) {
            print(lived, started);
        }
    }

    private static void print(long lived, long started) {
        Duration taken = Duration.ofNanos(System.nanoTime() - started);
        System.out.printf("%,d histories in %d s, %,d a second%n", lived, taken.toSeconds(),
                lived * 1_000 / Math.max(1, taken.toMillis()));
    }
}
