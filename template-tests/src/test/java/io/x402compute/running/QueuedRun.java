package io.x402compute.running;

import java.util.Optional;

import io.x402compute.http.Json;
import io.x402compute.inference.Job;
import io.x402compute.inference.JobId;
import io.x402compute.inference.JobState;
import io.x402compute.inference.Priority;
import io.x402compute.inference.RunRequest;

/** A run that waits in the queue as if it had been paid for. */
final class QueuedRun {
    private static final String OWNER = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
    /** Which the upstream takes its time for. */
    private static final RunRequest MUSIC = new RunRequest("musicgen-l4",
            Json.object().put("prompt", "A calm piano piece").put("seconds", 10), Priority.FAST, Optional.empty());

    private final KeptJobs jobs;
    private final JobId id;

    private QueuedRun(KeptJobs jobs, JobId id) {
        this.jobs = jobs;
        this.id = id;
    }

    static QueuedRun of(RunningCloud running) {
        KeptJobs jobs = new KeptJobs(running);
        QueuedRun run = new QueuedRun(jobs, jobs.waiting(OWNER, MUSIC));
        running.cloud().queues().send(KeptJobs.QUEUE, run.id());
        return run;
    }

    String id() {
        return id.toString();
    }

    JobState state() {
        return job().state();
    }

    Job job() {
        return jobs.find(id);
    }
}
