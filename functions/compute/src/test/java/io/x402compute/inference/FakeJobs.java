package io.x402compute.inference;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs in memory, under the same conditions as the table. */
public final class FakeJobs implements Jobs {
    private final Map<JobId, Job> rows = new LinkedHashMap<>();
    private final Map<String, byte[]> beside = new HashMap<>();

    @Override
    public synchronized Optional<Job> find(JobId id) {
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public synchronized Optional<Job> insert(Job fresh) {
        return Optional.ofNullable(rows.putIfAbsent(fresh.id(), fresh));
    }

    @Override
    public synchronized boolean save(Job next) {
        if (rows.get(next.id()).version() != next.version() - 1) {
            return false;
        }
        rows.put(next.id(), next);
        return true;
    }

    @Override
    public synchronized List<JobId> due(Instant now) {
        return rows.values().stream().filter(job -> !job.progress().attendAt().isAfter(now))
                .sorted(Comparator.comparing(job -> job.progress().attendAt())).map(Job::id).toList();
    }

    @Override
    public synchronized KeptAttachment keep(JobId job, int attempt, Attachment attachment, Instant now) {
        KeptAttachment kept = new KeptAttachment(attachment.field(), attachment.mediaType(),
                attachment.bytes().length, attempt);
        beside.put(job + " " + kept, attachment.bytes());
        return kept;
    }

    @Override
    public synchronized Optional<byte[]> read(JobId job, KeptAttachment kept) {
        return Optional.ofNullable(beside.get(job + " " + kept));
    }

    public synchronized Job only() {
        if (rows.size() != 1) {
            throw new AssertionError("expected one job, found " + rows.size());
        }
        return rows.values().iterator().next();
    }

    public synchronized List<Job> all() {
        return List.copyOf(rows.values());
    }
}
