package io.x402compute.inference.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.x402compute.http.Json;
import io.x402compute.inference.Attachment;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.RunRequest;

class LongWorkTest {
    private static final String SUBMIT = "POST /jobs/predictions";
    private static final String POLL = "GET /jobs/predictions/p1";
    private static final Outcome.Accepted JOB = new Outcome.Accepted("jobs", "p1", 30);
    private static final Outcome.Accepted FILM = new Outcome.Accepted("openai", "video_1", 0);

    private final Desk desk = new Desk();
    private final RunRequest img2img = desk.request("img2img",
            "{\"image_url\": \"https://example.com/a.png\", \"prompt\": \"As an oil painting\"}", "fast");
    private final RunRequest pdf = desk.request("pdf-parse", "{\"pdf_url\": \"https://example.com/a.pdf\"}", "fast");
    private final RunRequest film = desk.request("video", "{\"prompt\": \"Waves\", \"seconds\": 8}", "fast");

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aJobIsHandedInByTheNamesOfTheModel() {
        desk.upstream.on(SUBMIT, 201, "{\"id\": \"p1\", \"status\": \"starting\"}");

        assertThat(desk.run(img2img)).isEqualTo(new Outcome.Accepted("jobs", "p1", 0));
        assertThat(desk.upstream.asked().getFirst().json()).isEqualTo(Json.readOwn("""
                {"version": "stability-ai/sdxl", "input": {"image": "https://example.com/a.png",
                 "prompt": "As an oil painting", "prompt_strength": 0.8, "num_inference_steps": 28}}"""));
    }

    @Test
    void aJobWhoseInputIsWrongIsRefused() {
        desk.upstream.on(SUBMIT, 422, "{\"detail\": \"image is no picture\"}");

        assertThat(desk.run(img2img)).isEqualTo(new Outcome.Refused("image is no picture"));
    }

    @Test
    void aJobWithoutAUsableIdIsAFailure() {
        desk.upstream.on(SUBMIT, 201, "{\"id\": \"../p1\"}");

        assertThat(desk.run(img2img)).isEqualTo(new Outcome.Failed("upstream_failed"));
    }

    @Test
    void progressIsToldInPercentOrAsAFraction() {
        desk.upstream.on(POLL, 200, "{\"status\": \"processing\", \"progress\": 42}")
                .on(POLL, 200, "{\"status\": \"processing\", \"progress\": 0.5}")
                .on(POLL, 200, "{\"status\": \"processing\"}");

        assertThat(look(img2img)).isEqualTo(new Outcome.Accepted("jobs", "p1", 42));
        assertThat(look(img2img)).isEqualTo(new Outcome.Accepted("jobs", "p1", 50));
        assertThat(look(img2img)).isEqualTo(JOB);
    }

    @Test
    void notToKnowIsNoFailure() {
        desk.upstream.on(POLL, 500, "{}").on(POLL, 429, "{}").on(POLL, 200, "<html>");

        assertThat(look(img2img)).isEqualTo(JOB);
        assertThat(look(img2img)).isEqualTo(JOB);
        assertThat(look(img2img)).isEqualTo(JOB);
    }

    @Test
    void aJobThatFailedOrIsGoneHasFailed() {
        desk.upstream.on(POLL, 200, "{\"status\": \"failed\", \"error\": \"out of memory\"}").on(POLL, 404, "{}");

        assertThat(look(img2img)).isEqualTo(new Outcome.Failed("upstream_failed"));
        assertThat(look(img2img)).isEqualTo(new Outcome.Failed("upstream_failed"));
    }

    @Test
    void aResultIsFoundWhereTheCatalogueSaysAndBroughtHome() {
        desk.upstream.on(POLL, 200,
                "{\"status\": \"succeeded\", \"output\": [\"" + desk.upstream.at("/files/a.png") + "\"]}")
                .onFile("GET /files/a.png", "image/png", new byte[]{1, 2});

        assertThat(look(img2img)).isInstanceOfSatisfying(Outcome.Completed.class,
                completed -> assertThat(completed.output().attachments()).extracting(Attachment::field)
                        .containsExactly("url"));
    }

    @Test
    void aFileWithinTheAnswerIsAFileToo() {
        desk.upstream.on(POLL, 200,
                "{\"status\": \"succeeded\", \"output\": [\"data:image/png;base64,AQID\"]}");

        assertThat(look(img2img)).isInstanceOfSatisfying(Outcome.Completed.class,
                completed -> assertThat(completed.output().attachments().getFirst().bytes()).containsExactly(1, 2, 3));
    }

    @Test
    void whatIsCountedIsChargedAndWhatIsNotCountsAsUsedUp() {
        desk.upstream.on(POLL, 200, """
                {"status": "succeeded", "output": {"markdown": "# Title", "metadata": {"pages": 3}}}""").on(POLL, 200,
                """
                        {"status": "succeeded", "output": {"markdown": "# Title"}}""");

        assertThat(look(pdf)).isInstanceOfSatisfying(Outcome.Completed.class, completed -> {
            assertThat(completed.output().fields()).isEqualTo(Json.readOwn("{\"text\": \"# Title\", \"pages\": 3}"));
            assertThat(completed.usage().of(Meter.PAGES)).isEqualTo(3);
        });
        assertThat(look(pdf)).isInstanceOfSatisfying(Outcome.Completed.class,
                completed -> assertThat(completed.usage().of(Meter.PAGES)).isEqualTo(10));
    }

    @Test
    void aResultWithoutAnythingInItIsAFailure() {
        desk.upstream.on(POLL, 200, "{\"status\": \"succeeded\", \"output\": null}");

        assertThat(look(pdf)).isEqualTo(new Outcome.Failed("upstream_failed"));
    }

    @Test
    void aJobIsCancelledAsItsUpstreamWantsIt() {
        desk.upstreams().stop(img2img, JOB);

        assertThat(desk.upstream.lines()).containsExactly("POST /jobs/predictions/p1/cancel");
    }

    @Test
    void aFilmIsOrderedAskedForAndFetched() {
        desk.upstream.on("POST /openai/videos", 200, "{\"id\": \"video_1\", \"status\": \"queued\"}")
                .on("GET /openai/videos/video_1", 200, "{\"status\": \"in_progress\", \"progress\": 60}")
                .on("GET /openai/videos/video_1", 200, "{\"status\": \"completed\", \"progress\": 100}")
                .onFile("GET /openai/videos/video_1/content", "video/mp4", new byte[]{1, 2, 3});

        assertThat(desk.run(film)).isEqualTo(FILM);
        assertThat(desk.upstream.asked().getFirst().json()).isEqualTo(Json.readOwn("""
                {"model": "sora-2", "prompt": "Waves", "size": "1280x720", "seconds": "8"}"""));
        assertThat(look(film, FILM)).isEqualTo(new Outcome.Accepted("openai", "video_1", 60));
        assertThat(look(film, FILM)).isInstanceOfSatisfying(Outcome.Completed.class, completed -> {
            assertThat(completed.output().attachments()).extracting(Attachment::mediaType).containsExactly("video/mp4");
            assertThat(completed.usage().of(Meter.SECONDS)).isEqualTo(8);
        });
    }

    @Test
    void aFilmThatMayNotBeMadeIsRefusedAndOneThatCouldNotHasFailed() {
        String line = "GET /openai/videos/video_1";
        desk.upstream.on(line, 200, """
                {"status": "failed", "error": {"code": "moderation_blocked", "message": "not this one"}}""")
                .on(line, 200, "{\"status\": \"failed\", \"error\": {\"code\": \"x\", \"message\": \"oops\"}}");

        assertThat(look(film, FILM)).isEqualTo(new Outcome.Refused("not this one"));
        assertThat(look(film, FILM)).isEqualTo(new Outcome.Failed("upstream_failed"));
    }

    @Test
    void anUpstreamThatTheOperatorHasTakenAwayHasFailed() {
        assertThat(look(film, new Outcome.Accepted("gone", "video_1", 0)))
                .isEqualTo(new Outcome.Failed("upstream_failed"));
    }

    private Outcome look(RunRequest request) {
        return look(request, JOB);
    }

    private Outcome look(RunRequest request, Outcome.Accepted accepted) {
        return desk.upstreams().look(request, accepted, Duration.ofSeconds(5));
    }
}
