package io.x402compute.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.inference.outside.OutsideUrls;

class ServicesTest {
    private static final Services SERVICES = Services.read();

    static Stream<Service> services() {
        return SERVICES.all().stream();
    }

    @Test
    void theFileKeepsToItsSchema() throws IOException {
        var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(file("services.schema.json"));

        assertThat(schema.validate(file("services.json"), InputFormat.JSON)).isEmpty();
    }

    @Test
    void atLeastAsManyServicesAsTheArticlePromisesAndEveryCategoryOfIt() {
        assertThat(SERVICES.all()).hasSizeGreaterThanOrEqualTo(26);
        assertThat(SERVICES.all()).extracting(Service::category).contains(Category.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "llm-4090", "embedding-l4", "caption", "clip", "rerank", "image-4090", "img2img", "controlnet", "inpaint",
        "upscale-l4", "image-variation", "sticker", "ad-inpaint", "photomaker", "video", "animate", "video-enhance",
        "whisper-l4", "whisperx", "tts-l4", "bark", "musicgen-l4", "voice-clone", "llava-4090", "ocr",
        "segmentation", "pdf-parse", "nsfw-detect", "rembg-l4", "face-restore"})
    void everyKeyOfTheLiveListIsSoldUnderItsName(String key) {
        assertThat(SERVICES.find(key)).map(Service::key).hasValue(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "llm-4090", "llm-a100", "llm-l4", "code-4090", "llm-stream", "flux-schnell", "flux-dev", "sdxl-4090", "sd35-l4",
        "img2img-4090", "llava-4090", "ocr-l4", "rembg-l4", "caption-4090", "nsfw-detect", "whisper-l4",
        "whisper-a100", "diarize-l4", "tts-l4", "tts-fast", "bark-4090", "musicgen-l4", "audiogen-l4", "embed-l4",
        "embed-code", "rerank", "animatediff", "video-enhance", "pdf-parse"})
    void everyKeyOfTheOlderListIsKnown(String key) {
        assertThat(SERVICES.find(key)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "flux-schnell, image-4090", "embed-l4, embedding-l4", "ocr-l4, ocr", "caption-4090, caption", "bark-4090, bark",
        "animatediff, animate", "diarize-l4, whisperx", "img2img-4090, img2img"})
    void olderKeysStandForTheLiveOnes(String older, String live) {
        assertThat(SERVICES.find(older)).map(Service::key).hasValue(live);
    }

    @Test
    void noKeyStandsForTwoServices() {
        assertThat(services().flatMap(service -> Stream.concat(Stream.of(service.key()), service.aliases().stream())))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("services")
    void anExampleIsAnInputThatIsTaken(Service service) {
        assertThat(service.input().complete("input", service.example(), new OutsideUrls(false))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("services")
    void whatIsAtMostUsedOfEachRateIsKnownBeforehand(Service service) {
        Usage most = MostUsed.of(service, service.input().complete("input", service.example(), new OutsideUrls(false)));

        assertThat(service.price().rates()).allSatisfy(rate -> assertThat(most.of(rate.meter())).isPositive());
    }

    @ParameterizedTest
    @MethodSource("services")
    void whoeverAnswersAtOnceIsNotServedByJobs(Service service) {
        List<Operation> waiting = Arrays.asList(Operation.JOB, Operation.VIDEO);

        if (service.work() == Work.BOUNDED) {
            assertThat(service.limits().time()).hasSeconds(20);
            assertThat(service.candidates()).extracting(Candidate::operation).doesNotContainAnyElementsOf(waiting);
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void jobsAreOfUpstreamsWhoseJobsAreToldAndBringNothingButWhatIsPromised(Service service) {
        assertThat(service.candidates()).filteredOn(candidate -> candidate.operation() == Operation.JOB)
                .allSatisfy(candidate -> {
                    assertThat(SERVICES.jobApis().has(candidate.upstream())).isTrue();
                    assertThat(service.outputs()).containsAll(candidate.output().keySet());
                });
    }

    @Test
    void aPartOfAUnitIsRoundedUp() {
        Price price = SERVICES.find("whisper-l4").orElseThrow().price();

        assertThat(price.of(Usage.of(Meter.SECONDS, 61)).micros()).isEqualTo(5_084);
        assertThat(price.of(Usage.of(Meter.SECONDS, 1)).micros()).isEqualTo(5_000);
    }

    private static String file(String name) throws IOException {
        try (InputStream file = Services.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), UTF_8);
        }
    }
}
