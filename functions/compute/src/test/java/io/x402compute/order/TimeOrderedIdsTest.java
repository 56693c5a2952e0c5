package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.x402compute.http.ManualClock;

class TimeOrderedIdsTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00.123Z"));
    private final TimeOrderedIds ids = new TimeOrderedIds(clock);

    @Test
    void anIdIsAUuidThatBeginsWithItsTime() {
        UUID id = ids.get();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(clock.millis());
    }

    @Test
    void laterIdsAreGreaterAsTextToo() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            made.add(ids.get().toString());
            clock.advance(Duration.ofMillis(i % 7 + 1));
        }

        assertThat(made).isSorted();
    }

    @Test
    void noTwoAreEqualThoughTheTimeStandsStill() {
        List<UUID> made = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            made.add(ids.get());
        }

        assertThat(made).doesNotHaveDuplicates();
    }
}
