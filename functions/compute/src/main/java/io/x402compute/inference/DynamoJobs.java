package io.x402compute.inference;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.store.Item;
import io.x402compute.store.Table;
import io.x402compute.store.VersionedTable;

/**
 * Jobs in DynamoDB: table {@code jobs}, one item each. What is kept beside a job are items of the same table that are named after it and are found by
 * their names alone, in pieces, for an item holds 400 KB.
 */
public final class DynamoJobs implements Jobs {
    /** In bytes. */
    static final int PIECE = 350 << 10;
    private static final String KEY = "id";
    private static final String DUE = "due";
    private static final String BYTES = "bytes";
    /** Longer than any row that names it, which may be shown a while after it was over. */
    private static final Duration PIECES_KEPT = Job.KEPT.multipliedBy(3);

    private final Table table;
    private final VersionedTable jobs;

    public DynamoJobs(Table table) {
        this.table = table;
        this.jobs = new VersionedTable(table, KEY, DUE);
    }

    @Override
    public Optional<Job> find(JobId id) {
        return jobs.find(id.toString()).flatMap(this::read);
    }

    @Override
    public Optional<Job> insert(Job fresh) {
        return jobs.insert(item(fresh)).flatMap(this::read);
    }

    @Override
    public boolean save(Job next) {
        return jobs.save(item(next));
    }

    @Override
    public List<JobId> due(Instant now) {
        return jobs.due(now).stream().map(JobId::of).toList();
    }

    @Override
    public KeptAttachment keep(JobId job, int attempt, Attachment attachment, Instant now) {
        byte[] bytes = attachment.bytes();
        KeptAttachment kept = new KeptAttachment(attachment.field(), attachment.mediaType(), bytes.length, attempt);
        for (int piece = 0; piece < pieces(kept); piece++) {
            byte[] part = Arrays.copyOfRange(bytes, piece * PIECE, Math.min(bytes.length, (piece + 1) * PIECE));
            table.put(key(job, kept, piece).put(BYTES, part).put(JobItems.EXPIRES_AT,
                    now.plus(PIECES_KEPT).getEpochSecond()));
        }
        return kept;
    }

    @Override
    public Optional<byte[]> read(JobId job, KeptAttachment kept) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(kept.length());
        for (int piece = 0; piece < pieces(kept); piece++) {
            Optional<Item> part = table.get(key(job, kept, piece));
            if (part.isEmpty()) {
                return Optional.empty();
            }
            whole.writeBytes(part.get().bytes(BYTES));
        }
        return Optional.of(whole.toByteArray());
    }

    private static int pieces(KeptAttachment kept) {
        return Math.ceilDiv(kept.length(), PIECE);
    }

    private static Item key(JobId job, KeptAttachment kept, int piece) {
        return Item.create().put(KEY, "%s/%d/%s/%d".formatted(job, kept.attempt(), kept.field(), piece));
    }

    private Item item(Job job) {
        Optional<Instant> due = Optional.of(job.progress().attendAt()).filter(at -> !at.equals(Instant.MAX));
        return jobs.indexed(JobItems.write(job), due);
    }

    /** Empty, too, where its result was taken away before it. */
    private Optional<Job> read(Item item) {
        Job job = JobItems.read(item, item.optionalInstant(DUE + "_at"));
        return job.attachments().stream().filter(KeptAttachment::isResult).findFirst()
                .map(kept -> read(job.id(), kept).map(bytes -> job.withResult(result(bytes))))
                .orElseGet(() -> Optional.of(job));
    }

    private static ObjectNode result(byte[] json) {
        return (ObjectNode) Json.readOwn(new String(json, StandardCharsets.UTF_8));
    }
}
