package io.x402compute.inference;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.store.Item;
import io.x402compute.store.Packing;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Jobs as items of table {@code jobs}. What nobody looks for, or looks at without us, is packed. */
final class JobItems {
    /** The attribute by which DynamoDB deletes what is over, in epoch seconds, days late: the functions compare the time themselves. */
    static final String EXPIRES_AT = "expires_at";
    private static final String REST = "rest";
    private static final String RESULT = "result";
    private static final String FIELD = "field";
    private static final String NOTICE = "notice";
    private static final String HANDLE = "handle";
    private static final String UPSTREAM = "upstream";
    /** Never to be changed, for there are rows packed with it. */
    private static final Packing PACKING = new Packing(
            """
                    {"request":"{\\"service\\":\\"image-4090\\",\\"input\\":{\\"prompt\\":\\"\\",\\"messages\\":[{\\"role\\":\\"user\\",\\"content\\":\\"\\"}],\
                    \\"max_tokens\\":1000,\\"temperature\\":0.7,\\"audio_url\\":\\"https://\\",\\"image_url\\":\\"https://\\",\\"width\\":1024,\
                    \\"height\\":1024,\\"steps\\":4},\\"priority\\":\\"FAST\\",\\"webhook_url\\":\\"https://\\"}","result":"{\\"text\\":\\"\\",\
                    \\"choices\\":[{\\"index\\":0,\\"message\\":{\\"role\\":\\"assistant\\",\\"content\\":\\"\\"},\\"finish_reason\\":\\"stop\\"}],\
                    \\"usage\\":{\\"prompt_tokens\\":,\\"completion_tokens\\":,\\"total_tokens\\":}}","attachments":[{"field":"audio_url",\
                    "media_type":"image/png","length":,"attempt":1}],"upstream":"openai","handle":"","percent":0,"notice":{"secret":"whsec_",\
                    "tries":0,"open":true}}""");

    private JobItems() {}

    static Item write(Job job) {
        JobProgress progress = job.progress();
        Item item = Item.create().put("id", job.id().toString())
                .put("owner", job.owner().address())
                .put("state", job.state().name())
                .put("seen", job.seen())
                .put("attempts", progress.attempts())
                .put("created_at", job.createdAt())
                .put("failure", job.failure())
                .put("order", job.order())
                .put("version", job.version())
                .put(REST, PACKING.pack(rest(job), job.id().toString()));
        job.cost().ifPresent(cost -> item.put("cost", cost.micros()));
        progress.beganAt().ifPresent(at -> item.put("began_at", at));
        progress.endedAt().ifPresent(at -> item.put("ended_at", at));
        if (progress.isStopping()) {
            item.put("stopping", true);
        }
        if (!progress.restsUntil().equals(Instant.MAX)) {
            item.put("rests_until", progress.restsUntil());
        }
        deletedAt(job).ifPresent(at -> item.put(EXPIRES_AT, at.getEpochSecond()));
        return item;
    }

    /** What was run for somebody who waited, and was left, is not looked at again by itself. */
    private static Optional<Instant> deletedAt(Job job) {
        return job.isWaitedFor() ? Optional.of(job.progress().restsUntil().plus(Job.KEPT)) : job.expiresAt();
    }

    private static Item rest(Job job) {
        Item rest = Item.create().put("request", Json.write(job.request().toJson()))
                .put("explanation", job.explanation());
        job.result().filter(result -> job.attachments().stream().noneMatch(KeptAttachment::isResult))
                .ifPresent(result -> rest.put(RESULT, Json.write(result)));
        job.progress().accepted().ifPresent(accepted -> rest.put(UPSTREAM, accepted.upstream())
                .put(HANDLE, accepted.handle()).put("percent", accepted.percent()));
        job.notice().ifPresent(notice -> rest.put(NOTICE, Item.create().put("secret", notice.secret())
                .put("tries", notice.tries()).put("open", notice.isOpen())));
        if (!job.attachments().isEmpty()) {
            rest.putItems("attachments", job.attachments().stream().map(JobItems::attachment).toList());
        }
        return rest;
    }

    private static Item attachment(KeptAttachment kept) {
        return Item.create().put(FIELD, kept.field()).put("media_type", kept.mediaType())
                .put("length", kept.length()).put("attempt", kept.attempt());
    }

    /**
     * The job of an item.
     *
     * @param attendAt as the index has it
     */
    static Job read(Item item, Optional<Instant> attendAt) {
        Item rest = PACKING.unpack(item.bytes(REST), item.text("id"));
        List<KeptAttachment> kept = rest.items("attachments").stream()
                .map(one -> new KeptAttachment(one.text(FIELD), one.text("media_type"), one.integer("length"),
                        one.integer("attempt")))
                .toList();
        Optional<Notice> notice = rest.has(NOTICE) ? Optional.of(notice(rest.item(NOTICE))) : Optional.empty();
        return new Job(JobId.of(item.text("id")), new Wallet(item.text("owner")),
                RunRequest.ofStored((ObjectNode) Json.readOwn(rest.text("request"))),
                JobState.valueOf(item.text("state")),
                rest.optionalText(RESULT).map(text -> (ObjectNode) Json.readOwn(text)),
                item.has("cost") ? Optional.of(new Usdc(item.number("cost"))) : Optional.empty(),
                item.optionalText("failure"), item.flag("seen"), item.instant("created_at"),
                progress(item, rest, attendAt), kept, notice, rest.optionalText("explanation"),
                item.optionalText("order"), item.number("version"));
    }

    private static Notice notice(Item item) {
        return new Notice(item.text("secret"), item.integer("tries"), item.flag("open"));
    }

    private static JobProgress progress(Item item, Item rest, Optional<Instant> attendAt) {
        Optional<Outcome.Accepted> accepted = rest.has(HANDLE)
                ? Optional.of(
                        new Outcome.Accepted(rest.text(UPSTREAM), rest.text(HANDLE), rest.integer("percent")))
                : Optional.empty();
        return new JobProgress(item.integer("attempts"), accepted, item.optionalInstant("began_at"),
                item.optionalInstant("ended_at"), item.flag("stopping"),
                item.optionalInstant("rests_until").orElse(Instant.MAX), attendAt.orElse(Instant.MAX));
    }
}
