package io.x402compute.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;

class JobWatchTest {
    private static final Duration TWENTY_SECONDS = Duration.ofSeconds(20);

    private final ManualClock clock = new ManualClock(Orders.NOW);
    private final FakeJobs jobs = new FakeJobs();
    private final Job queued = Job.queued(Orders.ID, Orders.BUYER, Orders.CHAT, Orders.NOW, Orders.NOW.plusSeconds(600),
            Optional.empty());

    @Test
    void whoeverWaitsIsAnsweredAsSoonAsItIsOver() {
        jobs.insert(queued);
        JobWatch watch = new JobWatch(jobs, length -> {
            clock.advance(length);
            if (clock.instant().equals(Orders.NOW.plusSeconds(3))) {
                jobs.save(queued.cancelled(clock.instant()));
            }
        }, clock);

        assertThat(watch.find(Orders.ID, TWENTY_SECONDS).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        assertThat(clock.instant()).isEqualTo(Orders.NOW.plusSeconds(3));
    }

    @Test
    void nobodyWaitsForLongerThanHeWantsOrForNothing() {
        jobs.insert(queued);

        assertThat(watch().find(Orders.ID, TWENTY_SECONDS)).contains(queued);
        assertThat(clock.instant()).isEqualTo(Orders.NOW.plus(TWENTY_SECONDS));
        assertThat(watch().find(JobId.of("00000000-0000-4000-8000-000000000002"), TWENTY_SECONDS)).isEmpty();
        assertThat(watch().find(Orders.ID, Duration.ZERO)).contains(queued);
        assertThat(clock.instant()).isEqualTo(Orders.NOW.plus(TWENTY_SECONDS));
    }

    @Test
    void whatIsNotPaidIsWaitedForAndNotGivenOut() {
        Job running = Job.waitedFor(Orders.ID, Orders.BUYER, Orders.CHAT, Orders.NOW, Orders.NOW.plusSeconds(80));
        KeptAttachment kept = jobs.keep(Orders.ID, 1, Orders.attachment("sound"), Orders.NOW);
        Job done = running.completed(Json.object(), List.of(kept), Orders.COST, Orders.NOW);
        jobs.insert(done);

        assertThat(watch().find(Orders.ID, Duration.ofSeconds(2)).orElseThrow().isPending()).isTrue();
        assertThat(watch().attachment(Orders.ID, "audio_url")).isEmpty();

        jobs.save(done.shown(clock.instant()));
        assertThat(watch().attachment(Orders.ID, "audio_url").orElseThrow().bytes())
                .isEqualTo(Orders.attachment("sound").bytes());
        assertThat(watch().attachment(Orders.ID, "url")).isEmpty();

        clock.advance(Job.KEPT);
        assertThat(watch().attachment(Orders.ID, "audio_url")).isEmpty();
    }

    private JobWatch watch() {
        return new JobWatch(jobs, clock::advance, clock);
    }
}
