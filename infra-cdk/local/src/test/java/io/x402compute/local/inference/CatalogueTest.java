package io.x402compute.local.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.http.Json;
import io.x402compute.inference.Attachment;
import io.x402compute.inference.JobId;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Output;
import io.x402compute.inference.Priority;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.Service;
import io.x402compute.inference.Services;
import io.x402compute.inference.Work;
import io.x402compute.inference.model.Choices;
import io.x402compute.inference.model.Model;
import io.x402compute.inference.model.ModelList;
import io.x402compute.inference.outside.OutsideUrls;
import io.x402compute.inference.upstream.ConfiguredUpstreams;
import io.x402compute.inference.upstream.Upstream;

/** Every service of the catalogue is carried out here, asked for as it is asked for anywhere. */
class CatalogueTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, String> SAMPLES = Map.of("picture.png", "picture.png?text=a+red+fox", "mask.png",
            "picture.jpg", "speech.mp3", "speech.mp3?text=Good+morning.", "film.mp4", "film.mp4", "paper.pdf",
            "document.pdf?text=Attention+is+all+you+need");
    private static final Services SERVICES = Services.read();
    private static Asking asking;

    @BeforeAll
    static void start() {
        asking = new Asking();
    }

    @AfterAll
    static void stop() {
        asking.close();
    }

    static Stream<String> keys() {
        return SERVICES.all().stream().map(Service::key);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void theExampleOfAServiceBringsWhatItPromises(String key) {
        Service service = SERVICES.find(key).orElseThrow();
        Output output = run(service, upstreams("openai", "vultr", "jobs"));

        Set<String> brought = Stream.concat(output.fields().properties().stream().map(Map.Entry::getKey),
                output.attachments().stream().map(Attachment::field)).collect(Collectors.toSet());
        assertThat(brought).contains(service.outputs().getFirst()).isSubsetOf(service.outputs());
        for (Attachment attachment : output.attachments()) {
            assertThat(attachment.bytes()).hasSizeGreaterThan(500);
            assertThat(attachment.mediaType()).startsWith(switch (service.category()) {
                case IMAGE, VISION, UPSCALING, BACKGROUND_REMOVAL -> "image/";
                case TEXT_TO_SPEECH, MUSIC -> "audio/";
                case VIDEO -> "video/";
                case LLM, SPEECH_TO_TEXT, EMBEDDINGS, RERANK, DOCUMENT, MODERATION ->
                    throw new AssertionError("has no file");
            });
        }
    }

    @Test
    void whatIsInAFileComesOutAsText() {
        assertThat(text("whisper-l4")).isEqualTo("Good morning.");
        assertThat(text("whisperx")).isEqualTo("Good morning.");
        assertThat(text("pdf-parse")).isEqualTo("Attention is all you need");
        assertThat(text("caption")).contains("a red fox");
    }

    @Test
    void vultrServesTextsByItself() {
        ConfiguredUpstreams vultr = upstreams("vultr");
        List<String> served = SERVICES.all().stream().filter(vultr::serve).map(Service::key).toList();

        assertThat(served).contains("llm-4090", "llm-a100", "image-4090", "whisper-l4",
                "embedding-l4", "rerank").doesNotContain("video", "musicgen-l4");
        for (String key : served) {
            assertThat(run(SERVICES.find(key).orElseThrow(), vultr).fields()).as(key).isNotNull();
        }
    }

    private static String text(String key) {
        return run(SERVICES.find(key).orElseThrow(), upstreams("openai", "jobs")).fields().path("text").textValue();
    }

    private static Output run(Service service, ConfiguredUpstreams upstreams) {
        OutsideUrls urls = new OutsideUrls(true);
        RunRequest request = new RunRequest(service.key(), service.input().complete("input", input(service), urls),
                Priority.FAST, Optional.empty());
        Outcome outcome = upstreams.run(new JobId(UUID.randomUUID()), request, PATIENCE);
        if (outcome instanceof Outcome.Accepted accepted) {
            assertThat(service.work()).isEqualTo(Work.QUEUED);
            assertThat(upstreams.look(request, accepted, PATIENCE)).isInstanceOf(Outcome.Accepted.class);
            asking.clock.advance(Duration.ofMinutes(2));
            outcome = upstreams.look(request, accepted, PATIENCE);
        }
        assertThat(outcome).as(() -> asking.server.requests().getLast().text())
                .isInstanceOf(Outcome.Completed.class);
        return ((Outcome.Completed) outcome).output();
    }

    /** Of the example, with files that there are. */
    private static ObjectNode input(Service service) {
        String example = Json.write(service.example());
        for (Map.Entry<String, String> sample : SAMPLES.entrySet()) {
            example = example.replace("https://example.com/" + sample.getKey(),
                    asking.server.sample(sample.getValue()).toString());
        }
        return (ObjectNode) Json.readOwn(example);
    }

    private static ConfiguredUpstreams upstreams(String... names) {
        List<Upstream> upstreams = Stream.of(InferenceServer.upstreams(asking.server.url()).split(",", -1))
                .map(pair -> pair.split("=", 2)).filter(pair -> List.of(names).contains(pair[0]))
                .map(pair -> new Upstream(pair[0], URI.create(pair[1]), () -> Optional.of(InferenceServer.API_KEY)))
                .toList();
        List<ModelList> models = List.of(models("openai", "/v1/models"), models("vultr", "/vultr/v1/models"));
        return new ConfiguredUpstreams(SERVICES, new Choices(Set.of(names), () -> models), upstreams,
                new OutsideUrls(true), asking.clock);
    }

    private static ModelList models(String upstream, String path) {
        List<Model> models = asking.get(path).json().path("data").valueStream()
                .map(model -> new Model(model.path("id").textValue(), Optional.empty())).toList();
        return new ModelList(upstream, models, models, Instant.EPOCH);
    }
}
