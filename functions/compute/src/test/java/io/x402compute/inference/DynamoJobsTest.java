package io.x402compute.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.http.Json;
import io.x402compute.store.LocalDynamo;

class DynamoJobsTest {
    private static final Instant LATER = Orders.NOW.plusSeconds(60);

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    static Stream<Job> states() {
        Job waited = Job.waitedFor(Orders.ID, Orders.BUYER, Orders.CHAT, Orders.NOW, LATER);
        Job queued = Job.queued(Orders.ID, Orders.BUYER, Orders.TOLD, Orders.NOW, LATER,
                Optional.of(Notice.signedWith("whsec_00")));
        Job accepted = queued.begun(Orders.NOW, LATER).accepted(new Outcome.Accepted("jobs", "job-7", 40), LATER,
                LATER);
        Job completed = accepted.completed(Json.object().put("text", "hi"),
                List.of(new KeptAttachment("audio_url", "audio/mpeg", 7, 1)), Orders.COST, LATER);
        return Stream.of(waited, waited.failed("input_refused", Optional.of("why"), LATER).owed("the payment"),
                waited.completed(Json.object().put("price", new BigDecimal("0.100")), List.of(), Orders.COST,
                        LATER).shown(LATER.plusSeconds(1)),
                queued, accepted, accepted.stopping(), accepted.putBack(LATER, LATER), queued.cancelled(LATER),
                completed, completed.untold(completed.notice().orElseThrow().inVain(), LATER, LATER),
                completed.told(completed.notice().orElseThrow().closed()));
    }

    @ParameterizedTest
    @MethodSource("states")
    void everyStateComesBackAsItWasWritten(Job job) {
        DynamoJobs jobs = jobs();
        assertThat(jobs.insert(job)).isEmpty();

        assertThat(jobs.find(Orders.ID)).contains(job);
    }

    @Test
    void oneIdIsOneJobAndOneOfTwoWritersWins() {
        DynamoJobs jobs = jobs();
        Job queued = Job.queued(Orders.ID, Orders.BUYER, Orders.CHAT, Orders.NOW, LATER, Optional.empty());
        assertThat(jobs.insert(queued)).isEmpty();

        assertThat(jobs.insert(Job.waitedFor(Orders.ID, Orders.BUYER, Orders.CHAT, Orders.NOW, LATER)))
                .contains(queued);
        assertThat(jobs.save(queued.begun(Orders.NOW, LATER))).isTrue();
        assertThat(jobs.save(queued.cancelled(Orders.NOW))).isFalse();
    }

    @Test
    void onlyWhatIsToBeSentAgainIsDue() {
        DynamoJobs jobs = jobs();
        Job queued = Job.queued(Orders.ID, Orders.BUYER, Orders.CHAT, Orders.NOW, LATER, Optional.empty());
        JobId other = JobId.of("00000000-0000-4000-8000-000000000002");
        jobs.insert(queued);
        jobs.insert(Job.waitedFor(other, Orders.BUYER, Orders.CHAT, Orders.NOW, LATER));

        assertThat(jobs.due(LATER.minusMillis(1))).isEmpty();
        assertThat(jobs.due(LATER)).containsExactly(Orders.ID);
        jobs.save(queued.cancelled(LATER));
        assertThat(jobs.due(LATER.plusSeconds(3600))).isEmpty();
    }

    @Test
    void whatIsLongerThanAnItemIsKeptInPiecesAndComesBackWhole() {
        DynamoJobs jobs = jobs();
        byte[] film = new byte[Jobs.LONGEST_ATTACHMENT];
        new Random(1).nextBytes(film);

        KeptAttachment kept = jobs.keep(Orders.ID, 2, new Attachment("url", "video/mp4", film), Orders.NOW);

        assertThat(kept).isEqualTo(new KeptAttachment("url", "video/mp4", film.length, 2));
        assertThat(jobs.read(Orders.ID, kept)).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(film));
        assertThat(jobs.read(Orders.ID, new KeptAttachment("url", "video/mp4", film.length, 1))).isEmpty();
    }

    @Test
    void aLongResultIsReadFromBesideTheRow() {
        DynamoJobs jobs = jobs();
        Outcome.Completed outcome = Orders.completed("x".repeat(1 << 20));
        Job running = Job.waitedFor(Orders.ID, Orders.BUYER, Orders.CHAT, Orders.NOW, LATER);
        jobs.insert(running);

        Job completed = new JobEndings(jobs, new FlatTariff(), Clock.fixed(LATER, ZoneOffset.UTC))
                .completed(running, outcome);

        assertThat(jobs.find(Orders.ID)).contains(completed);
        assertThat(completed.result()).contains(outcome.output().fields());
    }

    @Test
    void everythingIsDeletedSomeDay() {
        DynamoJobs jobs = jobs();
        Job running = Job.waitedFor(Orders.ID, Orders.BUYER, Orders.CHAT, Orders.NOW, LATER);
        jobs.insert(running);
        KeptAttachment kept = jobs.keep(Orders.ID, 1, Orders.attachment("sound"), Orders.NOW);
        jobs.save(running.completed(Json.object(), List.of(kept), Orders.COST, LATER));

        assertThat(dynamo.contents().get("jobs")).hasSize(2).allSatisfy(
                item -> assertThat(item.number("expires_at")).isBetween(LATER.plus(Job.KEPT).getEpochSecond(),
                        LATER.plusSeconds(3 * 86_400).getEpochSecond()));
    }

    private DynamoJobs jobs() {
        return new DynamoJobs(dynamo.table("jobs"));
    }
}
