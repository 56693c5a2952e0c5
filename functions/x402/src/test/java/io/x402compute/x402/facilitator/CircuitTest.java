package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

class CircuitTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final OnchainBench.TestClock clock = new OnchainBench.TestClock(Instant.ofEpochSecond(1_790_000_000));
    private final Circuit circuit = new Circuit(clock);

    @Test
    void opensAfterThreeFailuresInARowOnly() {
        fail(2);
        circuit.answered();
        fail(2);
        assertThat(circuit.admits()).isTrue();
        assertThat(circuit.admits()).isTrue();

        fail(1);
        assertThat(circuit.rests()).isTrue();
        assertThat(circuit.admits()).isFalse();
    }

    @Test
    void afterItsRestOneMayTryAndAnAnswerLetsAllIn() {
        fail(Circuit.FAILURES);
        clock.advance(Circuit.FIRST_REST.minus(MOMENT));
        assertThat(circuit.admits()).isFalse();
        clock.advance(MOMENT);
        assertThat(circuit.rests()).isFalse();
        assertThat(circuit.admits()).isTrue();
        assertThat(circuit.admits()).isFalse();

        circuit.answered();
        assertThat(circuit.admits()).isTrue();
        assertThat(circuit.admits()).isTrue();
    }

    @Test
    void whoeverTriesAndNeverReturnsKeepsNobodyOutForEver() {
        fail(Circuit.FAILURES);
        clock.advance(Circuit.FIRST_REST);
        assertThat(circuit.admits()).isTrue();

        clock.advance(Circuit.TRIAL);
        assertThat(circuit.admits()).isTrue();
    }

    @Test
    void eachFailedTrialDoublesTheRestUpToEightMinutes() {
        fail(Circuit.FAILURES);
        for (int seconds : new int[]{30, 60, 120, 240, 480, 480, 480}) {
            clock.advance(Duration.ofSeconds(seconds).minus(MOMENT));
            assertThat(circuit.admits()).isFalse();
            clock.advance(MOMENT);
            assertThat(circuit.admits()).isTrue();
            circuit.failed();
        }
    }

    private void fail(int times) {
        for (int failures = 0; failures < times; failures++) {
            circuit.failed();
        }
    }
}
