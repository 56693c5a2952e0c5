package io.x402compute.local.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.local.inference.Asking.Answer;
import io.x402compute.local.inference.media.Picture;
import io.x402compute.local.inference.media.UnreadableException;

/** Work of every kind, by Replicate's rules. */
class PredictionsTest {
    private static final String PREDICTIONS = "/jobs/predictions";
    private static Asking asking;

    @BeforeAll
    static void start() {
        asking = new Asking();
    }

    @AfterAll
    static void stop() {
        asking.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            stability-ai/sdxl                | {"prompt": "x", "image": "@picture.png"}                | /0             | image/png
            black-forest-labs/flux-canny-dev | {"prompt": "x", "control_image": "@picture.jpg"}        | /0             | image/png
            black-forest-labs/flux-fill-dev  | {"prompt": "x", "image": "@picture.png", "mask": "@picture.png"} | /0    | image/png
            black-forest-labs/flux-redux-dev | {"redux_image": "@picture.png"}                         | /0             | image/png
            fofr/sticker-maker               | {"prompt": "x", "steps": 17}                            | /0             | image/png
            logerzhu/ad-inpaint              | {"prompt": "x", "image_path": "@picture.png"}           | /1             | image/png
            tencentarc/photomaker            | {"prompt": "x", "input_image": "@picture.png"}          | /0             | image/png
            meta/sam-2                       | {"image": "@picture.png"}                               | /combined_mask | image/png
            suno-ai/bark                     | {"prompt": "x", "history_prompt": "announcer"}          | /audio_out     | audio/wav
            lucataco/xtts-v2                 | {"text": "x", "speaker": "@speech.mp3"}                 | ''             | audio/wav
            meta/musicgen                    | {"prompt": "x", "duration": 2, "output_format": "wav"}  | ''             | audio/wav
            sepal/audiogen                   | {"prompt": "x", "duration": 2, "output_format": "mp3"}  | ''             | audio/mpeg
            lucataco/animate-diff            | {"prompt": "x", "steps": 25}                            | ''             | video/mp4
            lucataco/real-esrgan-video       | {"video_path": "@film.mp4", "resolution": "2k"}         | ''             | video/mp4
            nightmareai/real-esrgan          | {"image": "@picture.png", "scale": 2}                   | ''             | image/png
            tencentarc/gfpgan                | {"img": "@picture.png"}                                 | ''             | image/png
            cjwbw/rembg                      | {"image": "@picture.png"}                               | ''             | image/png
            """)
    void everyKindOfWorkMakesAFileOfItsKind(String model, String input, String where, String mediaType) {
        Answer file = asking.get(URI.create(done(begun(model, input)).path("output").at(where).asText()));

        assertThat(file.contentType()).isEqualTo(mediaType);
        assertThat(file.body()).hasSizeGreaterThan(500);
    }

    @Test
    void aPictureGrowsWhenItIsScaledUp() throws UnreadableException {
        JsonNode prediction = done(begun("nightmareai/real-esrgan", "{\"image\": \"@picture.png\", \"scale\": 3}"));
        Picture scaled = Picture.read(asking.get(URI.create(prediction.path("output").asText())).body());

        assertThat(scaled.width()).isEqualTo(768);
        assertThat(scaled.image().getRGB(767, 767)).isEqualTo(sample().image().getRGB(255, 255));
    }

    @Test
    void theBackgroundOfACutOutIsTransparent() throws UnreadableException {
        JsonNode prediction = done(begun("cjwbw/rembg", "{\"image\": \"@picture.png\"}"));
        Picture cutOut = Picture.read(asking.get(URI.create(prediction.path("output").asText())).body());

        assertThat(cutOut.image().getRGB(0, 0) >>> 24).isZero();
        assertThat(cutOut.description()).isEqualTo(sample().description());
    }

    @Test
    void aDocumentIsRead() {
        JsonNode output = done(begun("cuuupid/marker", "{\"document\": \"@document.pdf?text=Attention+(is)+all\"}"))
                .path("output");

        assertThat(output.path("markdown").asText()).isEqualTo("Attention (is) all");
        assertThat(output.at("/metadata/pages").asInt()).isEqualTo(1);
    }

    @Test
    void picturesAndTextsThatMeanTheSameAreClose() {
        double[] picture = direction("{\"image\": \"@picture.png?text=a+red+fox\"}");

        assertThat(Meaning.product(picture, direction("{\"text\": \"the red fox\"}")))
                .isGreaterThan(Meaning.product(picture, direction("{\"text\": \"tax returns\"}")) + 0.3);
    }

    @Test
    void workTakesItsTimeAndCanBeGivenUp() {
        JsonNode begun = begun("meta/musicgen", "{\"prompt\": \"a calm piano\"}");
        String path = PREDICTIONS + "/" + begun.path("id").asText();

        assertThat(begun.path("status").asText()).isEqualTo("starting");
        asking.clock.advance(Duration.ofSeconds(4));
        assertThat(asking.get(path).json().path("status").asText()).isEqualTo("processing");
        assertThat(asking.get(path).json().path("progress").asInt()).isEqualTo(50);
        assertThat(asking.post(path + "/cancel", "").json().path("status").asText()).isEqualTo("canceled");
        asking.clock.advance(Duration.ofMinutes(1));
        assertThat(asking.get(path).json().path("status").asText()).isEqualTo("canceled");
        assertThat(asking.get(path).json().path("output").isNull()).isTrue();
    }

    @Test
    void whatIsDoneCannotBeGivenUp() {
        JsonNode done = done(begun("fofr/sticker-maker", "{\"prompt\": \"a dragon\"}"));
        String cancel = PREDICTIONS + "/" + done.path("id").asText() + "/cancel";

        assertThat(asking.post(cancel, "").json().path("status").asText()).isEqualTo("succeeded");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"version": "no/such", "input": {}}                                                            | 422
            {"version": "meta/musicgen"}                                                                   | 422
            {"version": "meta/musicgen", "input": []}                                                      | 422
            {"version": "meta/musicgen", "input": {}}                                                      | 422
            {"version": "meta/musicgen", "input": {"prompt": "x", "duration": 9999}}                       | 422
            {"version": "meta/musicgen", "input": {"prompt": "x", "seconds": 3}}                           | 422
            {"version": "cjwbw/rembg", "input": {"image": "http://127.0.0.1:1/none.png"}}                  | 422
            {"version": "cuuupid/marker", "input": {"document": "data:application/pdf;base64,AAEC"}}       | 422
            {"version"                                                                                     | 400
            """)
    void workThatCannotBeIsRefused(String request, int status) {
        Answer answer = asking.post(PREDICTIONS, request);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).isNotEmpty();
    }

    private static JsonNode begun(String model, String input) {
        Answer answer = asking.post(PREDICTIONS, "{\"version\": \"" + model + "\", \"input\": "
                + input.replace("@", asking.server.sample("").toString()) + "}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static JsonNode done(JsonNode begun) {
        asking.clock.advance(Duration.ofSeconds(30));
        JsonNode done = asking.get(PREDICTIONS + "/" + begun.path("id").asText()).json();
        assertThat(done.path("status").asText()).isEqualTo("succeeded");
        return done;
    }

    private static double[] direction(String input) {
        return done(begun("openai/clip", input)).at("/output/embedding").valueStream().mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static Picture sample() throws UnreadableException {
        return Picture.read(asking.get(asking.server.sample("picture.png")).body());
    }
}
