package io.x402compute.local.inference;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.inference.media.Film;

/** {@code /videos}: ordered, asked for until it is there, fetched, and deleted. */
final class VideoRoutes {
    private static final String VIDEO = "/videos/(video_[0-9a-f]+)";
    private static final Duration KEPT = Duration.ofHours(1);
    /** For each second of film. */
    private static final Duration WORK = Duration.ofSeconds(5);
    private static final int SCALE = 4;

    private final Models models;
    private final Clock clock;
    private final Map<String, Video> videos = new ConcurrentHashMap<>();

    private record Video(String id, String model, String prompt, int seconds, String size, LongWork work) {}

    VideoRoutes(Models models, Clock clock) {
        this.models = models;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.keyed(Dialect.OPENAI, "POST", "/videos", this::order);
        routes.keyed(Dialect.OPENAI, "GET", VIDEO, call -> Reply.json(describe(find(call))));
        routes.keyed(Dialect.OPENAI, "GET", VIDEO + "/content", this::content);
        routes.keyed(Dialect.OPENAI, "DELETE", VIDEO, this::delete);
    }

    private Reply order(Call call) {
        Fields fields = Multipart.is(call)
                ? Fields.ofForm(form(call), "prompt model seconds size")
                : Fields.ofJson(call, "prompt model seconds size input_reference");
        String model = fields.has("model")
                ? models.require(call.dialect(), fields.text("model"), "video")
                : models.any(call.dialect(), "video");
        int seconds = Integer.parseInt(fields.oneOf("seconds", "4", "4", "8", "12"));
        Video video = new Video("video_" + UUID.randomUUID().toString().replace("-", ""), model,
                fields.text("prompt", 32_000), seconds,
                fields.oneOf("size", "720x1280", "720x1280", "1280x720", "1024x1792", "1792x1024"),
                LongWork.begun(clock.instant(), WORK.multipliedBy(seconds), call.fate()));
        videos.put(video.id(), video);
        return Reply.json(describe(video));
    }

    /** Whatever picture it is to begin with, it has to be one. */
    private static ObjectNode form(Call call) {
        Multipart form = Multipart.read(call);
        Optional.ofNullable(form.files().get("input_reference"))
                .ifPresent(file -> Inputs.picture("input_reference", file.bytes()));
        return form.texts();
    }

    private Reply content(Call call) {
        Video video = find(call);
        if (video.work().state(clock.instant()) != LongWork.State.COMPLETED) {
            throw Refused.of(404, "Video is not ready yet, use GET /v1/videos/{video_id} to check status.",
                    "video_not_ready");
        }
        String[] sides = video.size().split("x", -1);
        // Smaller than was asked for: nobody here looks at it for long.
        return Reply.bytes("video/mp4", Film.shot(video.prompt(), 0, Integer.parseInt(sides[0]) / SCALE,
                Integer.parseInt(sides[1]) / SCALE, video.seconds()));
    }

    private Reply delete(Call call) {
        Video video = find(call);
        videos.remove(video.id());
        return Reply.json(Json.object().put("id", video.id()).put("object", "video.deleted").put("deleted", true));
    }

    private Video find(Call call) {
        return Optional.ofNullable(videos.get(call.id()))
                .orElseThrow(() -> Refused.notFound("Video with id '" + call.id() + "' not found."));
    }

    private ObjectNode describe(Video video) {
        Instant now = clock.instant();
        LongWork.State state = video.work().state(now);
        ObjectNode body = Json.object().put("id", video.id()).put("object", "video").put("model", video.model())
                .put("status", state.word()).put("progress", video.work().percent(now))
                .put("created_at", video.work().begun().getEpochSecond())
                .put("seconds", Integer.toString(video.seconds()))
                .put("size", video.size());
        boolean done = state == LongWork.State.COMPLETED;
        body.put("completed_at", done ? video.work().doneAt().getEpochSecond() : null);
        body.put("expires_at", done ? video.work().doneAt().plus(KEPT).getEpochSecond() : null);
        if (state == LongWork.State.FAILED) {
            body.putObject("error").put("code", "video_generation_failed")
                    .put("message", video.work().fate().failure().orElseThrow());
        } else {
            body.putNull("error");
        }
        return body;
    }
}
