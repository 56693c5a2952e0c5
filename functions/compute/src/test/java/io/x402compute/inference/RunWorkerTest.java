package io.x402compute.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.x402.protocol.Wallet;

class RunWorkerTest {
    private static final Duration FUNCTION = Duration.ofMinutes(5);

    private final ManualClock clock = new ManualClock(Orders.NOW);
    private final FakeJobs jobs = new FakeJobs();
    private final FakeUpstreams upstreams = new FakeUpstreams();
    private final FakeJobQueue queue = new FakeJobQueue();
    private final FakeReceiver receiver = new FakeReceiver();
    private final KeptRuns runs = new KeptRuns(jobs, upstreams, new FlatTariff(), queue, clock::advance, clock);
    private final RunWorker worker = new RunWorker(jobs, upstreams, new FlatTariff(), queue,
            new Notices(jobs, receiver, "https://api.example", clock), clock);
    private final JobSending sending = new JobSending(jobs, queue, clock);

    @Test
    void aJobIsRunWhenItComesOutOfTheQueue() {
        enqueue(Orders.CHAT);
        upstreams.answer(Orders.completed("hi"));

        assertThat(work()).isEmpty();
        assertThat(jobs.only().state()).isEqualTo(JobState.COMPLETED);
        assertThat(jobs.only().cost()).contains(Orders.COST);
        assertThat(jobs.due(Instant.MAX.minusMillis(1))).isEmpty();
    }

    @Test
    void comingOutTwiceItIsRunOnce() {
        enqueue(Orders.CHAT);
        upstreams.answer(() -> {
            assertThat(work()).isEmpty();
            return Orders.completed("hi");
        });

        assertThat(work()).isEmpty();
        assertThat(work()).isEmpty();
        assertThat(upstreams.runs()).isOne();
    }

    @Test
    void whatAnUpstreamHasTakenOnIsAskedForAndNotSentAgain() {
        enqueue(Orders.CHAT);
        Outcome.Accepted half = new Outcome.Accepted("jobs", "job-7", 50);
        upstreams.answer(Orders.HANDLE, half, Orders.completed("hi"));

        comeBack();
        assertThat(jobs.only().progress().accepted()).contains(Orders.HANDLE);
        comeBack();
        assertThat(jobs.only().progress().accepted()).contains(half);
        assertThat(work()).isEmpty();

        assertThat(jobs.only().state()).isEqualTo(JobState.COMPLETED);
        assertThat(upstreams.runs()).isOne();
    }

    @Test
    void aSecondMessageOfAJobThatIsAskedForDiesOut() {
        enqueue(Orders.CHAT);
        upstreams.answer(Orders.HANDLE);

        Optional<Duration> first = work();

        assertThat(work()).isEmpty();
        assertThat(first).isPresent();
        assertThat(upstreams.looks()).isEmpty();
    }

    @Test
    void aRunWhoseFunctionDiedIsSentAgainUntilItHasBeenTriedThreeTimes() {
        enqueue(Orders.CHAT);
        for (int attempt = 1; attempt <= RunWorker.MOST_ATTEMPTS; attempt++) {
            upstreams.answer(() -> {
                throw new IllegalStateException("the function is gone");
            });
            assertThatThrownBy(this::work).isInstanceOf(IllegalStateException.class);
            assertThat(work()).isEmpty();
            clock.advance(FUNCTION.plus(KeptRuns.LEASE_MARGIN));
        }

        assertThat(sending.sendDue(clock.instant().plusSeconds(1))).isOne();
        assertThat(work()).isEmpty();
        assertThat(jobs.only().failure()).contains("interrupted");
        assertThat(upstreams.runs()).isEqualTo(RunWorker.MOST_ATTEMPTS);
    }

    @Test
    void whatDiesWhileItAsksAsksAgain() {
        enqueue(Orders.CHAT);
        upstreams.answer(Orders.HANDLE).answer(() -> {
            throw new IllegalStateException("the function is gone");
        }).answer(Orders.completed("hi"));
        comeBack();
        assertThatThrownBy(this::work).isInstanceOf(IllegalStateException.class);
        clock.advance(FUNCTION.plus(KeptRuns.LEASE_MARGIN));

        assertThat(work()).isEmpty();
        assertThat(jobs.only().state()).isEqualTo(JobState.COMPLETED);
        assertThat(upstreams.runs()).isOne();
    }

    @Test
    void whatWasNotRunIsTriedAgainLater() {
        enqueue(Orders.CHAT);
        upstreams.answer(new Outcome.Failed("upstream_busy"), new Outcome.Failed("upstream_failed"),
                Orders.completed("hi"));

        comeBack();
        assertThat(jobs.only().state()).isEqualTo(JobState.QUEUED);
        comeBack();
        work();

        assertThat(jobs.only().state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void whatFailsEachTimeHasFailed() {
        enqueue(Orders.CHAT);
        Outcome busy = new Outcome.Failed("upstream_busy");
        upstreams.answer(busy, busy, busy);

        comeBack();
        comeBack();
        assertThat(work()).isEmpty();

        assertThat(jobs.only().failure()).contains("upstream_busy");
    }

    @Test
    void whatTimedOutMayHaveBeenRunAndIsNotTriedAgain() {
        enqueue(Orders.CHAT);
        upstreams.answer(new Outcome.Failed("upstream_timeout"));

        assertThat(work()).isEmpty();

        assertThat(jobs.only().failure()).contains("upstream_timeout");
    }

    @Test
    void whatFailsAtTheUpstreamThatTookItOnHasFailed() {
        enqueue(Orders.CHAT);
        upstreams.answer(Orders.HANDLE, new Outcome.Failed("upstream_failed"));
        comeBack();

        assertThat(work()).isEmpty();

        assertThat(jobs.only().failure()).contains("upstream_failed");
    }

    @Test
    void aRunThatNeverEndsIsStopped() {
        enqueue(Orders.CHAT);
        upstreams.answer(Orders.HANDLE, Orders.HANDLE);
        comeBack();
        clock.advance(RunWorker.LONGEST_RUN);

        assertThat(work()).isEmpty();

        assertThat(jobs.only().failure()).contains("upstream_timeout");
        assertThat(upstreams.stops()).containsExactly(Orders.HANDLE);
    }

    @Test
    void aMessageThatIsLostOnTheWayIsMadeUpFor() {
        enqueue(Orders.CHAT);
        upstreams.answer(Orders.HANDLE, Orders.completed("hi"));
        work();
        clock.advance(Duration.ofMinutes(10));

        assertThat(sending.sendDue(clock.instant().plusSeconds(1))).isOne();
        assertThat(queue.sent()).hasSize(2);
        assertThat(work()).isEmpty();
        assertThat(jobs.only().state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aRunThatSomebodyWaitsForIsNotTheQueues() {
        upstreams.answer(() -> {
            throw new IllegalStateException("the function is gone");
        });
        assertThatThrownBy(() -> runs.run(Orders.ID, Orders.BUYER, Orders.CHAT, Orders.NOW.plusSeconds(20)))
                .isInstanceOf(IllegalStateException.class);
        clock.advance(Duration.ofHours(1));

        assertThat(work()).isEmpty();
        assertThat(sending.sendDue(clock.instant().plusSeconds(1))).isZero();
        assertThat(upstreams.runs()).isOne();
    }

    @Test
    void whatIsCancelledBeforeItHasBegunIsNeverRun() {
        enqueue(Orders.CHAT);
        cancel();

        assertThat(jobs.only().state()).isEqualTo(JobState.CANCELLED);
        assertThat(work()).isEmpty();
        assertThat(upstreams.runs()).isZero();
    }

    @Test
    void whatRunsIsAskedToStopAndIsCancelledWhenItDoes() {
        enqueue(Orders.CHAT);
        upstreams.answer(Orders.HANDLE, new Outcome.Failed("upstream_failed"));
        comeBack();

        assertThat(cancel().state()).isEqualTo(JobState.RUNNING);
        work();

        assertThat(upstreams.stops()).containsExactly(Orders.HANDLE);

        assertThat(jobs.only().state()).isEqualTo(JobState.CANCELLED);
        assertThat(jobs.only().failure()).isEmpty();
    }

    @Test
    void whatIsReadyAllTheSameIsCompleted() {
        enqueue(Orders.CHAT);
        upstreams.answer(Orders.HANDLE, Orders.completed("hi"));
        comeBack();
        cancel();

        work();

        assertThat(jobs.only().state()).isEqualTo(JobState.COMPLETED);
        assertThat(cancel().state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void whatIsCancelledWhileItIsSentToAnUpstreamIsStoppedThere() {
        enqueue(Orders.CHAT);
        upstreams.answer(() -> {
            cancel();
            return Orders.HANDLE;
        }).answer(new Outcome.Failed("upstream_failed"));

        comeBack();
        assertThat(jobs.only().progress().accepted()).contains(Orders.HANDLE);
        work();

        assertThat(upstreams.stops()).containsExactly(Orders.HANDLE);
        assertThat(jobs.only().state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void onlyItsOwnerCancelsAJob() {
        enqueue(Orders.CHAT);

        assertThat(new JobCancellation(jobs, clock).cancel(Orders.ID,
                new Wallet("0x2b5ad5c4795c026514f8317c7a215e218dccd6cf"))).isEmpty();
        assertThat(jobs.only().state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void aWebhookIsToldOfTheEnd() throws Exception {
        Job job = enqueue(Orders.TOLD);
        upstreams.answer(Orders.completed("hi"));

        assertThat(work()).isEmpty();

        assertThat(receiver.told()).singleElement().satisfies(told -> {
            assertThat(told.url()).isEqualTo(Orders.TOLD.webhook().orElseThrow());
            assertThat(Json.read(told.body())).isEqualTo(Json.object().put("job_id", Orders.ID.toString())
                    .put("status", "completed").put("status_url", "https://api.example/status/" + Orders.ID));
            assertThat(told.signature()).isEqualTo(Notices.signature(job.notice().orElseThrow().secret(),
                    Orders.NOW.getEpochSecond(), told.body()));
        });
        assertThat(work()).isEmpty();
        assertThat(receiver.told()).hasSize(1);
    }

    @Test
    void aWebhookThatDoesNotTakeItIsToldAgainForAboutADay() {
        enqueue(Orders.TOLD);
        upstreams.answer(Orders.completed("hi"));
        receiver.takes(false);
        Optional<Duration> next = work();
        int wakes = 0;
        while (!jobs.due(Instant.MAX.minusMillis(1)).isEmpty()) {
            clock.advance(next.orElse(Duration.ofMinutes(1)));
            sending.sendDue(clock.instant().plusSeconds(1));
            next = work();
            wakes++;
            assertThat(wakes).isLessThan(2_000);
        }

        assertThat(receiver.told()).hasSize(11);
        assertThat(Duration.between(Orders.NOW, clock.instant())).isBetween(Duration.ofHours(23), Duration.ofHours(25));
        assertThat(queue.sent()).hasSizeLessThan(12);
    }

    @Test
    void aWebhookIsToldOfACancellation() {
        enqueue(Orders.TOLD);
        cancel();

        assertThat(sending.sendDue(clock.instant().plusSeconds(1))).isOne();
        work();

        assertThat(receiver.told()).singleElement()
                .satisfies(told -> assertThat(told.body()).contains("\"status\":\"cancelled\""));
    }

    private Job enqueue(RunRequest request) {
        return runs.enqueue(Orders.ID, Orders.BUYER, request);
    }

    private Job cancel() {
        return new JobCancellation(jobs, clock).cancel(Orders.ID, Orders.BUYER).orElseThrow();
    }

    private Optional<Duration> work() {
        return worker.work(Orders.ID, clock.instant().plus(FUNCTION));
    }

    private void comeBack() {
        clock.advance(work().orElseThrow());
    }
}
