package io.x402compute.inference;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Answers what it was told to answer, one after another, and remembers what it was asked. */
public final class FakeUpstreams implements Upstreams {
    private final Deque<Supplier<Outcome>> answers = new ArrayDeque<>();
    private final List<JobId> runs = new ArrayList<>();
    private final List<Outcome.Accepted> looks = new ArrayList<>();
    private final List<Outcome.Accepted> stops = new ArrayList<>();

    public FakeUpstreams answer(Outcome... next) {
        Arrays.stream(next).forEach(outcome -> answers.add(() -> outcome));
        return this;
    }

    /** Something happens while it is at work. */
    FakeUpstreams answer(Supplier<Outcome> next) {
        answers.add(next);
        return this;
    }

    @Override
    public boolean serve(Service service) {
        return true;
    }

    @Override
    public Outcome run(JobId job, RunRequest request, Duration patience) {
        runs.add(job);
        return answers.remove().get();
    }

    @Override
    public Outcome look(RunRequest request, Outcome.Accepted accepted, Duration patience) {
        looks.add(accepted);
        return answers.remove().get();
    }

    @Override
    public void stop(RunRequest request, Outcome.Accepted accepted) {
        stops.add(accepted);
    }

    public int runs() {
        return runs.size();
    }

    List<Outcome.Accepted> looks() {
        return looks;
    }

    List<Outcome.Accepted> stops() {
        return stops;
    }
}
