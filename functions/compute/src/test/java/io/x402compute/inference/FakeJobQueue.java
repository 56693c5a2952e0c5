package io.x402compute.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Remembers what was sent. */
public final class FakeJobQueue implements JobQueue {
    private final List<JobId> sent = new ArrayList<>();

    @Override
    public void send(JobId job, Duration delay) {
        sent.add(job);
    }

    public List<JobId> sent() {
        return sent;
    }
}
