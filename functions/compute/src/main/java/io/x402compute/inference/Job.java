package io.x402compute.inference;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/**
 * A run that somebody has ordered: its state machine. Each arrow is a method that returns the next job, to be saved before anything outside
 * happens; saving fails if anybody saved in between ({@link Jobs#save}).
 *
 * <pre>
 *        QUEUED ⇄ RUNNING → COMPLETED
 *           ↓     ↙     ↘
 *        CANCELLED     FAILED
 * </pre>
 *
 * @param owner who pays for it
 * @param result of one that is completed, with paths for what is kept beside it: {@link #resultAt} makes addresses of them
 * @param cost of one that is completed: what it has used, never more than was estimated
 * @param failure why it failed, a machine code; empty while it has not
 * @param seen whether its result may be seen: it is paid
 * @param progress whose turn it is, and when
 * @param attachments what is kept beside the row
 * @param notice what its webhook is told of its end, where it has one
 * @param explanation of a failure, for whoever sent the input; empty where the code says all
 * @param order by which whoever sells runs finds what has become of the money; empty while nothing is owed back
 * @param version of the row, 1 for a new job
 */
public record Job(
        JobId id,
        Wallet owner,
        RunRequest request,
        JobState state,
        Optional<ObjectNode> result,
        Optional<Usdc> cost,
        Optional<String> failure,
        boolean seen,
        Instant createdAt,
        JobProgress progress,
        List<KeptAttachment> attachments,
        Optional<Notice> notice,
        Optional<String> explanation,
        Optional<String> order,
        long version) {
    /** How long a result can be had. */
    public static final Duration KEPT = Duration.ofDays(1);
    /** Before a job's id and a field of its result, the path of what is kept beside it. */
    private static final String RESULTS = "/results/";

    public Job {
        attachments = List.copyOf(attachments);
    }

    /** One whose buyer waits for it: it begins at once, and is nobody else's business. */
    static Job waitedFor(JobId id, Wallet owner, RunRequest request, Instant now, Instant leaseUntil) {
        return fresh(id, owner, request, JobState.RUNNING, false, now, JobProgress.waitedFor(now, leaseUntil),
                Optional.empty());
    }

    /**
     * One that is paid, and waits for its turn.
     *
     * @param sendAgainAt when it is sent into the queue again, should nobody have taken it out by then
     * @param notice where its buyer wants to be told of its end
     */
    static Job queued(JobId id, Wallet owner, RunRequest request, Instant now, Instant sendAgainAt,
            Optional<Notice> notice) {
        return fresh(id, owner, request, JobState.QUEUED, true, now, JobProgress.waiting(now, sendAgainAt), notice);
    }

    private static Job fresh(JobId id, Wallet owner, RunRequest request, JobState state, boolean seen, Instant now,
            JobProgress progress, Optional<Notice> notice) {
        return new Job(id, owner, request, state, Optional.empty(), Optional.empty(), Optional.empty(), seen, now,
                progress, List.of(), notice, Optional.empty(), Optional.empty(), 1);
    }

    /** Whether it is too early for anybody to work on it: somebody is at it, or there is nothing to be done yet. */
    boolean rests(Instant now) {
        return now.isBefore(progress.restsUntil());
    }

    /** Whether it is at work for somebody who waits, and not for the queue. */
    boolean isWaitedFor() {
        return state == JobState.RUNNING && progress.attendAt().equals(Instant.MAX);
    }

    /** Until when it is there; empty while it is not over. */
    public Optional<Instant> expiresAt() {
        return progress.endedAt().map(ended -> ended.plus(KEPT));
    }

    public boolean isExpired(Instant now) {
        return expiresAt().filter(at -> !now.isBefore(at)).isPresent();
    }

    /** What signs the notice of its end; empty where nobody is told. */
    public Optional<String> webhookSecret() {
        return notice.map(Notice::secret);
    }

    /** Whether somebody is still to be told of its end. */
    boolean isUntold() {
        return state.isOver() && notice.filter(Notice::isOpen).isPresent();
    }

    /**
     * Its result with whole addresses of what is kept beside it; empty while it is not completed.
     *
     * @param baseUrl scheme and host of this API, without a trailing slash
     */
    public Optional<ObjectNode> resultAt(String baseUrl) {
        return result.map(fields -> addressed(fields, baseUrl, attachments));
    }

    private ObjectNode addressed(ObjectNode fields, String base, List<KeptAttachment> kept) {
        ObjectNode whole = fields.deepCopy();
        kept.stream().filter(beside -> !beside.isResult())
                .forEach(beside -> whole.put(beside.field(), base + RESULTS + id + "/" + beside.field()));
        return whole;
    }

    /** Whether there is nothing to be told of it yet: it is not over, or not paid. */
    public boolean isPending() {
        return !state.isOver() || (state == JobState.COMPLETED && !seen);
    }

    /** As it was before its result was kept beside it. */
    Job withResult(ObjectNode fields) {
        return new Job(id, owner, request, state, Optional.of(fields), cost, failure, seen, createdAt, progress,
                attachments, notice, explanation, order, version);
    }

    /** What is kept of it under that name. */
    public Optional<KeptAttachment> attachment(String field) {
        return attachments.stream().filter(kept -> !kept.isResult() && kept.field().equals(field)).findFirst();
    }

    /** QUEUED → RUNNING; RUNNING stays, where whoever was at it is gone and there is nothing to ask an upstream for. */
    public Job begun(Instant now, Instant leaseUntil) {
        from(JobState.QUEUED, JobState.RUNNING);
        return next(JobState.RUNNING, progress.begun(now, leaseUntil));
    }

    /** RUNNING stays: somebody is about to ask how far it is. */
    public Job taken(Instant leaseUntil) {
        from(JobState.RUNNING);
        return next(state, progress.leased(leaseUntil));
    }

    /** RUNNING stays: an upstream has it. */
    public Job accepted(Outcome.Accepted handle, Instant lookAt, Instant sendAgainAt) {
        from(JobState.RUNNING);
        return next(state, progress.accepted(handle).resting(lookAt, sendAgainAt));
    }

    /** RUNNING → QUEUED: it was not run, and is tried again. */
    public Job putBack(Instant at, Instant sendAgainAt) {
        from(JobState.RUNNING);
        return next(JobState.QUEUED, progress.resting(at, sendAgainAt));
    }

    /** RUNNING → COMPLETED, once everything that is kept beside the row is written. */
    public Job completed(ObjectNode fields, List<KeptAttachment> kept, Usdc used, Instant now) {
        from(JobState.RUNNING);
        return new Job(id, owner, request, JobState.COMPLETED, Optional.of(addressed(fields, "", kept)),
                Optional.of(used), failure, seen, createdAt, ended(now), kept, notice, explanation, order, version + 1);
    }

    /**
     * RUNNING → FAILED.
     *
     * @param code for machines
     * @param why for whoever sent the input; empty where the code says all
     */
    public Job failed(String code, Optional<String> why, Instant now) {
        from(JobState.RUNNING);
        return new Job(id, owner, request, JobState.FAILED, result, cost, Optional.of(code), seen, createdAt,
                ended(now), attachments, notice, why, order, version + 1);
    }

    /** QUEUED, RUNNING → CANCELLED: it has not begun, or has stopped because its buyer wanted it to. */
    public Job cancelled(Instant now) {
        from(JobState.QUEUED, JobState.RUNNING);
        return next(JobState.CANCELLED, ended(now));
    }

    /** RUNNING stays: its buyer wants it no more, and whoever is at it is asked to stop. */
    public Job stopping() {
        from(JobState.RUNNING);
        return next(state, progress.stopping());
    }

    /** Paid: its result may be seen, for a day from now where that is longer. */
    public Job shown(Instant now) {
        return new Job(id, owner, request, state, result, cost, failure, true, createdAt, progress.kept(now),
                attachments, notice, explanation, order, version + 1);
    }

    /** What was paid for it is owed back under that order. */
    public Job owed(String byOrder) {
        return new Job(id, owner, request, state, result, cost, failure, seen, createdAt, progress, attachments, notice,
                explanation, Optional.of(byOrder), version + 1);
    }

    /** About to be sent into the queue once more. */
    public Job sentAgain(Instant sendAgainAt) {
        return next(state, progress.resting(progress.restsUntil(), sendAgainAt));
    }

    /** Somebody is about to tell of its end. */
    public Job telling(Instant leaseUntil) {
        return next(state, progress.leased(leaseUntil));
    }

    /** Its end was told, or is given up. */
    public Job told(Notice closed) {
        return noticed(closed, progress.done());
    }

    /** Its end was told in vain. */
    public Job untold(Notice tried, Instant at, Instant sendAgainAt) {
        return noticed(tried, progress.resting(at, sendAgainAt));
    }

    private Job noticed(Notice tried, JobProgress then) {
        return new Job(id, owner, request, state, result, cost, failure, seen, createdAt, then, attachments,
                Optional.of(tried), explanation, order, version + 1);
    }

    private JobProgress ended(Instant now) {
        return notice.isPresent() ? progress.ended(now).resting(now, now) : progress.ended(now).done();
    }

    private void from(JobState... allowed) {
        if (!List.of(allowed).contains(state)) {
            throw new IllegalStateException("job %s is %s".formatted(id, state));
        }
    }

    private Job next(JobState to, JobProgress then) {
        return new Job(id, owner, request, to, result, cost, failure, seen, createdAt, then, attachments, notice,
                explanation, order, version + 1);
    }
}
