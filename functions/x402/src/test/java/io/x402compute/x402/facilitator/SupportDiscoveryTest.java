package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class SupportDiscoveryTest {
    private static final SupportedKinds FIRST = new SupportedKinds(List.of(), Map.of());
    private static final SupportedKinds SECOND = new SupportedKinds(List.of(), Map.of("eip155:*", List.of()));
    private static final Discovery SILENCE = new Discovery.Failed("nobody there");

    private final OnchainBench.TestClock clock = new OnchainBench.TestClock(Instant.ofEpochSecond(1_790_000_000));
    private Discovery answer = FIRST;
    private int asked;
    private final SupportDiscovery discovery = new SupportDiscovery(this::ask, clock);

    @Test
    void nobodyIsAskedBeforeItIsNeeded() {
        assertThat(asked).isZero();
    }

    @Test
    void listIsKeptForAWhileAndThenAskedForAgain() {
        assertThat(discovery.kinds()).isSameAs(FIRST);
        answer = SECOND;
        clock.advance(SupportDiscovery.FRESH.minusSeconds(1));
        assertThat(discovery.kinds()).isSameAs(FIRST);
        assertThat(asked).isEqualTo(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(discovery.kinds()).isSameAs(SECOND);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void whoDoesNotAnswerIsLeftAloneForAWhile() {
        answer = SILENCE;
        assertThat(discovery.kinds()).isSameAs(SILENCE);
        answer = FIRST;
        clock.advance(SupportDiscovery.BETWEEN_FAILURES.minusMillis(1));
        assertThat(discovery.kinds()).isSameAs(SILENCE);
        assertThat(asked).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        assertThat(discovery.kinds()).isSameAs(FIRST);
    }

    @Test
    void throughAnOutageTheLastListIsBelievedForADay() {
        discovery.kinds();
        answer = SILENCE;
        clock.advance(SupportDiscovery.BELIEVED.minusSeconds(1));
        assertThat(discovery.kinds()).isSameAs(FIRST);
        assertThat(discovery.kinds()).isSameAs(FIRST);
        assertThat(asked).isEqualTo(2);

        clock.advance(SupportDiscovery.BETWEEN_FAILURES);
        assertThat(discovery.kinds()).isSameAs(SILENCE);
    }

    private Discovery ask() {
        asked++;
        return answer;
    }
}
