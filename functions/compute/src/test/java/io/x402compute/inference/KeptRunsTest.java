package io.x402compute.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.order.Crashes;

class KeptRunsTest {
    private final ManualClock clock = new ManualClock(Orders.NOW);
    private final FakeJobs jobs = new FakeJobs();
    private final FakeUpstreams upstreams = new FakeUpstreams();
    private final FakeJobQueue queue = new FakeJobQueue();
    private final KeptRuns runs = new KeptRuns(jobs, upstreams, new FlatTariff(), queue, clock::advance, clock);
    private final Instant deadline = Orders.NOW.plusSeconds(20);

    @Test
    void whatIsRunIsKeptWithWhatItHasCost() {
        upstreams.answer(Orders.completed("hi"));

        Job job = run();

        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
        assertThat(job.result().orElseThrow().path("text").asText()).isEqualTo("hi");
        assertThat(job.cost()).contains(Orders.COST);
        assertThat(runs.find(Orders.ID)).contains(job);
    }

    @Test
    void theSameRunAskedForAgainIsNotRunAgain() {
        upstreams.answer(Orders.completed("hi"));
        Job first = run();

        assertThat(run()).isEqualTo(first);
        assertThat(upstreams.runs()).isOne();
    }

    @Test
    void itsResultIsSeenOnceItIsShown() {
        upstreams.answer(Orders.completed("hi"));

        assertThat(run().seen()).isFalse();
        assertThat(runs.show(Orders.ID).seen()).isTrue();
        assertThat(runs.show(Orders.ID)).isEqualTo(jobs.only());
    }

    @Test
    void aResultIsKeptForADayFromWhenItWasShown() {
        upstreams.answer(Orders.completed("hi"));
        run();
        clock.advance(Duration.ofHours(1));
        runs.show(Orders.ID);

        clock.advance(Job.KEPT.minusMillis(1));
        assertThat(runs.find(Orders.ID)).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(runs.find(Orders.ID)).isEmpty();
    }

    @Test
    void anUpstreamThatFailsFailsTheRun() {
        upstreams.answer(new Outcome.Failed("upstream_busy"));

        Job job = run();

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure()).contains("upstream_busy");
        assertThat(job.cost()).isEmpty();
    }

    @Test
    void whoeverSentAnInputThatCannotBeRunIsToldWhy() {
        upstreams.answer(new Outcome.Refused("the image is empty"));

        Job job = run();

        assertThat(job.failure()).contains("input_refused");
        assertThat(job.explanation()).contains("the image is empty");
    }

    @Test
    void whatAnUpstreamTakesOnIsWaitedFor() {
        upstreams.answer(Orders.HANDLE, Orders.HANDLE, Orders.completed("hi"));

        assertThat(run().state()).isEqualTo(JobState.COMPLETED);
        assertThat(upstreams.looks()).hasSize(2);
    }

    @Test
    void whatIsNotReadyInTimeIsStoppedAndHasFailed() {
        for (int second = 0; second <= 20; second++) {
            upstreams.answer(Orders.HANDLE);
        }

        assertThat(run().failure()).contains("upstream_timeout");
        assertThat(upstreams.stops()).containsExactly(Orders.HANDLE);
        assertThat(clock.instant()).isBeforeOrEqualTo(deadline);
    }

    @Test
    void whileSomebodyIsAtItItIsLeftAlone() {
        upstreams.answer(() -> {
            assertThat(run().state()).isEqualTo(JobState.RUNNING);
            return Orders.completed("hi");
        });

        assertThat(run().state()).isEqualTo(JobState.COMPLETED);
        assertThat(upstreams.runs()).isOne();
    }

    @Test
    void aRunThatWasInterruptedHasFailedAndIsNeverSentAgain() {
        upstreams.answer(() -> {
            throw new Death();
        });
        assertThatThrownBy(this::run).isInstanceOf(Death.class);
        assertThat(run().state()).isEqualTo(JobState.RUNNING);

        clock.set(deadline.plus(KeptRuns.LEASE_MARGIN));

        assertThat(run().failure()).contains("interrupted");
        assertThat(run().state()).isEqualTo(JobState.FAILED);
        assertThat(upstreams.runs()).isOne();
    }

    @Test
    void whoeverComesBackAfterHisLeaseChangesNothing() {
        upstreams.answer(() -> {
            clock.set(deadline.plus(KeptRuns.LEASE_MARGIN));
            assertThat(run().failure()).contains("interrupted");
            return Orders.completed("too late");
        });

        assertThat(run().state()).isEqualTo(JobState.FAILED);
        assertThat(jobs.only().result()).isEmpty();
    }

    @Test
    void aLongResultIsKeptBesideTheRowAndOneThatIsTooLongFails() {
        upstreams.answer(Orders.completed("x".repeat(JobEndings.LONGEST_INLINE)));
        assertThat(run().attachments()).singleElement().matches(KeptAttachment::isResult);

        JobId other = JobId.of("00000000-0000-4000-8000-000000000002");
        upstreams.answer(Orders.completed("x".repeat(JobEndings.LONGEST_RESULT)));
        assertThat(runs.run(other, Orders.BUYER, Orders.CHAT, deadline).failure()).contains("result_too_large");
    }

    @Test
    void whatIsNotJsonHasAnAddressInTheResult() {
        upstreams.answer(Orders.spoken("sound"));
        Job job = run();

        assertThat(job.resultAt("https://api.example").orElseThrow()).isEqualTo(Json.object().put("duration", 3)
                .put("audio_url", "https://api.example/results/" + Orders.ID + "/audio_url"));
        assertThat(jobs.read(Orders.ID, job.attachment("audio_url").orElseThrow())).hasValueSatisfying(
                bytes -> assertThat(bytes).isEqualTo(Orders.attachment("sound").bytes()));
    }

    @Test
    void anAttachmentThatNobodyCouldFetchFailsTheRun() {
        Attachment film = new Attachment("url", "video/mp4", new byte[Jobs.LONGEST_ATTACHMENT + 1]);
        upstreams.answer(new Outcome.Completed(new Output(Json.object(), List.of(film)), Usage.of(Meter.SECONDS, 5)));

        assertThat(run().failure()).contains("result_too_large");
    }

    @Test
    void whatIsQueuedIsPaidAndSentOnceWhileItWaits() {
        Job job = runs.enqueue(Orders.ID, Orders.BUYER, Orders.CHAT);

        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(job.seen()).isTrue();
        assertThat(job.notice()).isEmpty();
        assertThat(runs.enqueue(Orders.ID, Orders.BUYER, Orders.CHAT)).isEqualTo(job);
        assertThat(queue.sent()).containsExactly(Orders.ID);
    }

    @Test
    void oneThatNobodyComesForIsSentAgain() {
        Crashes.Crash crash = crashWhileSending();
        assertThat(crash).isNotNull();
        assertThat(queue.sent()).isEmpty();

        clock.advance(Duration.ofMinutes(10));
        JobSending sending = new JobSending(jobs, queue, clock);

        assertThat(sending.sendDue(clock.instant().plusSeconds(30))).isOne();
        assertThat(sending.sendDue(clock.instant().plusSeconds(30))).isZero();
        assertThat(queue.sent()).containsExactly(Orders.ID);
    }

    @Test
    void itsBuyerGetsASecretForWhatTheWebhookIsTold() {
        String secret = runs.enqueue(Orders.ID, Orders.BUYER, Orders.TOLD).notice().orElseThrow().secret();

        assertThat(secret).matches("whsec_[0-9a-f]{64}");
        assertThat(runs.enqueue(Orders.ID, Orders.BUYER, Orders.TOLD).notice().orElseThrow().secret())
                .isEqualTo(secret);
    }

    @Test
    void whatIsOwedBackIsNotedOnce() {
        upstreams.answer(new Outcome.Failed("upstream_failed"));
        run();

        assertThat(runs.owed(Orders.ID, "the payment").order()).contains("the payment");
        assertThat(runs.owed(Orders.ID, "the payment")).isEqualTo(jobs.only());
    }

    private Job run() {
        return runs.run(Orders.ID, Orders.BUYER, Orders.CHAT, deadline);
    }

    private Crashes.Crash crashWhileSending() {
        Crashes crashes = new Crashes(new Random(1));
        crashes.armedAt(0);
        KeptRuns dying = new KeptRuns(jobs, upstreams, new FlatTariff(), crashes.around(JobQueue.class, queue),
                clock::advance, clock);
        try {
            dying.enqueue(Orders.ID, Orders.BUYER, Orders.CHAT);
            return null;
        } catch (Crashes.Crash crash) {
            return crash;
        }
    }

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
