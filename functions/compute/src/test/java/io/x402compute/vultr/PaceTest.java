package io.x402compute.vultr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final TestTime time = new TestTime();
    private final Pace pace = new Pace(time);

    @Test
    void aBurstOfTenGoesAtOnceAndThenTenASecond() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            pace.await(PATIENCE);
        }
        assertThat(time.slept()).isZero();

        for (int i = 0; i < 20; i++) {
            pace.await(PATIENCE);
        }
        assertThat(time.slept()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void restingRefillsTheBurstButNoMore() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            pace.await(PATIENCE);
        }
        time.sleep(Duration.ofHours(1));
        Duration before = time.slept();

        for (int i = 0; i < 11; i++) {
            pace.await(PATIENCE);
        }
        assertThat(time.slept().minus(before)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void nobodyAsksWhileTheProviderWantsSilence() throws InterruptedException {
        pace.silence(Duration.ofSeconds(7));

        assertThat(pace.await(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(7));
        assertThat(time.slept()).isZero();
        assertThat(pace.await(PATIENCE)).isZero();
        assertThat(time.slept()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void anAbsurdSilenceIsKeptForAMinute() throws InterruptedException {
        assertThat(pace.silence(Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(1));

        pace.await(PATIENCE);
        assertThat(time.slept()).isEqualTo(Duration.ofMinutes(1));
    }
}
