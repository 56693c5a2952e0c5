package io.x402compute.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.http.ManualClock;
import io.x402compute.order.Crashes;

/** A function dies beside each call it makes, before it has an effect or after: every run comes to one end, and none is run for ever. */
class JobCrashTest {
    private static final Duration FUNCTION = Duration.ofMinutes(5);
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final ManualClock clock = new ManualClock(Orders.NOW);
    private final FakeJobs jobs = new FakeJobs();
    private final Renderer renderer = new Renderer();
    private final FakeReceiver receiver = new FakeReceiver();
    private final Deque<JobId> queued = new ArrayDeque<>();
    private final Crashes crashes = new Crashes(new Random(1));
    private final JobQueue queue = (job, delay) -> queued.add(job);

    static IntStream moments() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("moments")
    void aRunThatSomebodyWaitsForIsRunOnceAtMost(int moment) {
        renderer.looks = 1;
        crashes.armedAt(moment);
        Optional<Job> answered = attempt(() -> run(mortalRuns()));
        crashes.disarmed();
        clock.advance(WAIT.plus(KeptRuns.LEASE_MARGIN));

        Job job = run(runs());

        assertThat(renderer.runs).isLessThanOrEqualTo(1);
        assertThat(job.state().isOver()).isTrue();
        answered.ifPresent(told -> assertThat(job).isEqualTo(told));
        assertThat(run(runs())).isEqualTo(job);
    }

    @ParameterizedTest
    @MethodSource("moments")
    void aQueuedRunComesToItsEndAndItsWebhookIsTold(int moment) {
        renderer.looks = 2;
        crashes.armedAt(moment);
        attempt(() -> mortalRuns().enqueue(Orders.ID, Orders.BUYER, Orders.TOLD));
        for (int minute = 0; minute < 40; minute++) {
            workOff();
            clock.advance(Duration.ofMinutes(1));
            attempt(() -> new JobSending(mortal(Jobs.class, jobs), mortal(JobQueue.class, queue), clock)
                    .sendDue(clock.instant().plusSeconds(30)));
            // Whoever has ordered it asks again until he knows that it is there.
            runs().enqueue(Orders.ID, Orders.BUYER, Orders.TOLD);
        }

        assertThat(jobs.only().state()).isEqualTo(JobState.COMPLETED);
        assertThat(renderer.runs).isBetween(1, 2);
        assertThat(receiver.told()).hasSizeBetween(1, 2);
        assertThat(jobs.due(Instant.MAX.minusMillis(1))).isEmpty();
    }

    private void workOff() {
        RunWorker worker = new RunWorker(mortal(Jobs.class, jobs), mortal(Upstreams.class, renderer),
                new FlatTariff(), mortal(JobQueue.class, queue),
                new Notices(mortal(Jobs.class, jobs), mortal(WebhookSender.class, receiver), "", clock), clock);
        for (int messages = queued.size(); messages > 0; messages--) {
            JobId job = queued.remove();
            attempt(() -> worker.work(job, clock.instant().plus(FUNCTION)))
                    .ifPresent(next -> next.ifPresent(delay -> queued.add(job)));
        }
    }

    private <A> Optional<A> attempt(Supplier<A> call) {
        try {
            return Optional.of(call.get());
        } catch (Crashes.Crash crash) {
            return Optional.empty();
        }
    }

    private KeptRuns mortalRuns() {
        return new KeptRuns(mortal(Jobs.class, jobs), mortal(Upstreams.class, renderer), new FlatTariff(),
                mortal(JobQueue.class, queue), clock::advance, clock);
    }

    private KeptRuns runs() {
        return new KeptRuns(jobs, renderer, new FlatTariff(), queue, clock::advance, clock);
    }

    private Job run(Runs through) {
        return through.run(Orders.ID, Orders.BUYER, Orders.CHAT, clock.instant().plus(WAIT));
    }

    private <T> T mortal(Class<T> port, T real) {
        return crashes.around(port, real);
    }

    /** Takes everything on, and is done when it was asked so often. */
    private static final class Renderer implements Upstreams {
        private int looks;
        private int runs;

        @Override
        public boolean serve(Service service) {
            return true;
        }

        @Override
        public Outcome run(JobId job, RunRequest request, Duration patience) {
            runs++;
            return Orders.HANDLE;
        }

        @Override
        public Outcome look(RunRequest request, Outcome.Accepted accepted, Duration patience) {
            looks--;
            return looks < 0 ? Orders.completed("done") : accepted;
        }

        @Override
        public void stop(RunRequest request, Outcome.Accepted accepted) {
            throw new AssertionError("nobody wants it to stop");
        }
    }
}
