package io.x402compute.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.x402compute.inference.Attachment;
import io.x402compute.inference.FakeJobs;
import io.x402compute.inference.Job;
import io.x402compute.inference.JobId;
import io.x402compute.inference.JobQueue;
import io.x402compute.inference.Jobs;
import io.x402compute.inference.KeptAttachment;
import io.x402compute.simulation.schedule.Scheduler;

/** The jobs' table, and the queue they wait in: a message goes round until whoever took it out has come to an end with it. */
public final class JobTable implements Jobs, JobQueue {
    private final FakeJobs rows = new FakeJobs();
    private final List<Message> messages = new ArrayList<>();
    private final Scheduler scheduler;
    private final Weather weather;
    private final Witness witness;

    /**
     * In the queue.
     *
     * @param at when it comes out
     */
    record Message(JobId job, Instant at) {}

    JobTable(Scheduler scheduler, Weather weather, Witness witness) {
        this.scheduler = scheduler;
        this.weather = weather;
        this.witness = witness;
    }

    @Override
    public Optional<Job> find(JobId id) {
        return rows.find(id);
    }

    @Override
    public Optional<Job> insert(Job fresh) {
        Optional<Job> there = rows.insert(fresh);
        if (there.isEmpty()) {
            witness.written(fresh);
        }
        return there;
    }

    @Override
    public boolean save(Job next) {
        boolean saved = rows.save(next);
        if (saved) {
            witness.written(next);
        }
        return saved;
    }

    @Override
    public List<JobId> due(Instant now) {
        return rows.due(now);
    }

    @Override
    public KeptAttachment keep(JobId job, int attempt, Attachment attachment, Instant now) {
        return rows.keep(job, attempt, attachment, now);
    }

    @Override
    public Optional<byte[]> read(JobId job, KeptAttachment kept) {
        return rows.read(job, kept);
    }

    /** Some messages come twice. */
    @Override
    public void send(JobId job, Duration delay) {
        Message message = new Message(job, scheduler.now().plus(delay));
        messages.add(message);
        if (weather.strikes(weather.climate().refusedWrites(), "message twice")) {
            messages.add(message);
        }
    }

    List<Message> out() {
        return messages.stream().filter(message -> !message.at().isAfter(scheduler.now())).toList();
    }

    void done(Message message) {
        messages.remove(message);
    }

    public List<Job> all() {
        return rows.all();
    }

    public boolean isAnythingDue() {
        return !out().isEmpty() || !rows.due(scheduler.now()).isEmpty();
    }
}
