package io.x402compute.local.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.local.inference.Asking.Answer;
import io.x402compute.local.inference.Asking.Upload;
import io.x402compute.local.inference.media.Picture;
import io.x402compute.local.inference.media.UnreadableException;

/** Pictures, sound and film, vectors and ranks, by OpenAI's rules. */
class MediaTest {
    private static final String IMAGES = "/v1/images/generations";
    private static Asking asking;

    @BeforeAll
    static void start() {
        asking = new Asking();
    }

    @AfterAll
    static void stop() {
        asking.close();
    }

    @Test
    void aPictureHasTheSizeAskedForAndFollowsFromItsPromptAndSeed() throws UnreadableException {
        byte[] fox = picture("a red fox", 1);
        Picture read = Picture.read(fox);

        assertThat(read.width()).isEqualTo(320);
        assertThat(read.height()).isEqualTo(128);
        assertThat(read.description()).isEqualTo("a red fox");
        assertThat(picture("a red fox", 1)).isEqualTo(fox);
        assertThat(picture("a red fox", 2)).isNotEqualTo(fox);
        assertThat(pixels(picture("a blue fox", 1))).isNotEqualTo(pixels(fox));
    }

    @Test
    void aPictureIsServedAtItsAddressOrComesInline() throws UnreadableException {
        JsonNode body = asking.post(IMAGES,
                "{\"prompt\": \"x\", \"size\": \"64x64\", \"n\": 2, \"output_format\": \"jpeg\"}").json();
        assertThat(body.path("data")).hasSize(2);
        Answer file = asking.get(URI.create(body.at("/data/1/url").asText()));
        assertThat(file.contentType()).isEqualTo("image/jpeg");
        assertThat(Picture.read(file.body()).description()).isEqualTo("x");
        assertThat(body.at("/usage/total_tokens").asInt()).isPositive();
        assertThat(asking.get("/files/no-such").status()).isEqualTo(404);
    }

    @Test
    void anEditKeepsTheSizeAndTakesTheWords() throws UnreadableException {
        byte[] given = asking.get(asking.server.sample("picture.png")).body();
        JsonNode body = asking
                .form("/v1/images/edits", Map.of("prompt", "as an oil painting", "response_format", "b64_json"),
                        new Upload("image", "picture.png", given))
                .json();
        Picture edited = Picture.read(Base64.getDecoder().decode(body.at("/data/0/b64_json").asText()));

        assertThat(edited.width()).isEqualTo(256);
        assertThat(edited.description()).isEqualTo("as an oil painting");
        assertThat(asking.form("/v1/images/edits", Map.of("prompt", "x"), new Upload("image", "x.png", new byte[9]))
                .status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"size": "64x64"}                               | prompt
            {"prompt": "x", "size": "1x1"}                  | size
            {"prompt": "x", "size": "9999x9999"}            | size
            {"prompt": "x", "n": 11}                        | n
            {"prompt": "x", "response_format": "gif"}       | response_format
            {"prompt": "x", "output_format": "webp"}        | output_format
            {"prompt": "x", "width": 512}                   | width
            """)
    void aPictureThatCannotBeIsRefused(String request, String param) {
        Answer answer = asking.post(IMAGES, request);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/param").asText()).isEqualTo(param);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wav", "mp3"})
    void whatWasSpokenIsUnderstoodAgain(String format) {
        String said = "Grüß Gott. How are you? I am well!";
        byte[] sound = speech(said, format, 1.5);

        Answer json = transcription(sound, "json");
        assertThat(json.json().path("text").asText()).isEqualTo(said);
        assertThat(json.json().at("/usage/seconds").asInt()).isPositive();
        assertThat(transcription(sound, "text").text().strip()).isEqualTo(said);
        JsonNode verbose = transcription(sound, "verbose_json").json();
        assertThat(verbose.path("segments")).hasSize(3);
        assertThat(verbose.at("/segments/2/end").asDouble()).isCloseTo(verbose.path("duration").asDouble(),
                within(0.01));
        assertThat(transcription(sound, "diarized_json").json().path("segments").findValuesAsText("speaker"))
                .containsExactly("A", "B", "A");
        assertThat(transcription(sound, "srt").text()).startsWith("1\n00:00:00,000 --> ").contains("How are you?");
        assertThat(transcription(sound, "vtt").text()).startsWith("WEBVTT\n\n00:00:00.000 --> ");
    }

    @Test
    void whoSpeaksFasterIsDoneSooner() {
        assertThat(speech("Hello there", "wav", 2)).hasSizeLessThan(speech("Hello there", "wav", 1).length * 2 / 3);
    }

    @Test
    void aFileThatIsNoRecordingIsRefused() {
        assertThat(transcription("not a sound".getBytes(StandardCharsets.US_ASCII), "json").json()
                .at("/error/code").asText()).isEqualTo("invalid_file_format");
        assertThat(asking.form("/v1/audio/transcriptions", Map.of("model", "whisper-large-v3")).json()
                .at("/error/param").asText()).isEqualTo("file");
        assertThat(asking.post("/v1/audio/transcriptions", "{}").status()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model": "kokoro-82m", "input": "x"}                                             | voice
            {"model": "kokoro-82m", "input": "x", "voice": "nobody"}                          | voice
            {"model": "kokoro-82m", "input": " ", "voice": "alloy"}                           | input
            {"model": "kokoro-82m", "input": "x", "voice": "alloy", "speed": 5}               | speed
            {"model": "kokoro-82m", "input": "x", "voice": "alloy", "response_format": "ogg"} | response_format
            """)
    void speechThatCannotBeIsRefused(String request, String param) {
        assertThat(asking.post("/v1/audio/speech", request).json().at("/error/param").asText()).isEqualTo(param);
    }

    @Test
    void textsThatAreAlikeAreCloser() {
        double[][] vectors = vectors("\"the red fox runs\", \"a red fox is running\", \"quarterly tax returns\"",
                "float");

        for (double[] vector : vectors) {
            assertThat(vector).hasSize(1024);
            assertThat(Meaning.product(vector, vector)).isCloseTo(1, within(1e-5));
        }
        assertThat(Meaning.product(vectors[0], vectors[1]))
                .isGreaterThan(Meaning.product(vectors[0], vectors[2]) + 0.2);
        assertThat(vectors("\"the red fox runs\"", "float")[0]).isEqualTo(vectors[0]);
    }

    @Test
    void aPackedVectorIsTheSame() {
        String packed = asking.post("/v1/embeddings",
                "{\"model\": \"bge-m3\", \"input\": \"fox\", \"encoding_format\": \"base64\", \"dimensions\": 8}")
                .json()
                .at("/data/0/embedding").asText();
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(packed)).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(bytes.remaining()).isEqualTo(32);
        assertThat(bytes.getFloat()).isEqualTo((float) Meaning.of("fox", 8)[0]);
    }

    @Test
    void documentsAreRankedByWhatTheyShareWithTheQuestion() {
        JsonNode body = asking.post("/v1/rerank",
                """
                        {"model": "jina-reranker-v2-base-multilingual", "query": "What is a GPU?", "top_n": 2, "return_documents": true,
                         "documents": ["A kind of fox.", {"text": "A GPU is a graphics processor."}, "Something else."]}""")
                .json();

        assertThat(body.path("results")).hasSize(2);
        assertThat(body.at("/results/0/index").asInt()).isEqualTo(1);
        assertThat(body.at("/results/0/document/text").asText()).startsWith("A GPU");
        assertThat(body.at("/results/0/relevance_score").asDouble())
                .isGreaterThan(body.at("/results/1/relevance_score").asDouble());
        assertThat(body.at("/usage/total_tokens").asInt()).isPositive();
    }

    @Test
    void aFilmIsOrderedWaitedForAndFetched() {
        JsonNode ordered = asking.post("/v1/videos",
                "{\"model\": \"sora-2\", \"prompt\": \"waves\", \"seconds\": \"4\", \"size\": \"1280x720\"}").json();
        String path = "/v1/videos/" + ordered.path("id").asText();

        assertThat(ordered.path("status").asText()).isEqualTo("queued");
        assertThat(asking.get(path + "/content").status()).isEqualTo(404);
        asking.clock.advance(Duration.ofSeconds(10));
        assertThat(asking.get(path).json().path("status").asText()).isEqualTo("in_progress");
        assertThat(asking.get(path).json().path("progress").asInt()).isEqualTo(50);
        asking.clock.advance(Duration.ofSeconds(10));
        assertThat(asking.get(path).json().path("status").asText()).isEqualTo("completed");
        Answer film = asking.get(path + "/content");
        assertThat(film.contentType()).isEqualTo("video/mp4");
        assertThat(new String(film.body(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
        assertThat(asking.delete(path).json().path("deleted").asBoolean()).isTrue();
        assertThat(asking.get(path).status()).isEqualTo(404);
    }

    @Test
    void badWordsAreFlaggedInTextsAndPictures() {
        JsonNode texts = asking.post("/v1/moderations", "{\"input\": [\"I love you\", \"I will kill you\"]}").json();
        assertThat(texts.at("/results/0/flagged").asBoolean()).isFalse();
        assertThat(texts.at("/results/1/categories/violence").asBoolean()).isTrue();

        JsonNode picture = asking.post("/v1/moderations",
                """
                        {"model": "omni-moderation-latest", "input": [{"type": "image_url", "image_url": {"url": "%s?text=nude"}}]}"""
                        .formatted(asking.server.sample("picture.jpg")))
                .json();
        assertThat(picture.at("/results/0/categories/sexual").asBoolean()).isTrue();
    }

    private static byte[] picture(String prompt, int seed) {
        JsonNode body = asking.post(IMAGES,
                """
                        {"model": "flux.1-schnell", "prompt": "%s", "seed": %d, "size": "320x128", "response_format": "b64_json"}"""
                        .formatted(prompt, seed))
                .json();
        return Base64.getDecoder().decode(body.at("/data/0/b64_json").asText());
    }

    private static String pixels(byte[] file) throws UnreadableException {
        Picture picture = Picture.read(file);
        return Arrays
                .toString(picture.image().getRGB(0, 0, picture.width(), picture.height(), null, 0, picture.width()));
    }

    private static byte[] speech(String text, String format, double speed) {
        return asking.post("/v1/audio/speech", """
                {"model": "kokoro-82m", "input": "%s", "voice": "af_alloy", "response_format": "%s", "speed": %s}"""
                .formatted(text, format, speed)).body();
    }

    private static Answer transcription(byte[] sound, String format) {
        return asking.form("/v1/audio/transcriptions", Map.of("model", "whisper-large-v3", "response_format", format),
                new Upload("file", "speech", sound));
    }

    private static double[][] vectors(String texts, String format) {
        JsonNode data = asking.post("/v1/embeddings", "{\"model\": \"bge-m3\", \"input\": [" + texts
                + "], \"encoding_format\": \"" + format + "\"}").json().path("data");
        return data.valueStream().map(entry -> entry.path("embedding").valueStream()
                .mapToDouble(JsonNode::asDouble).toArray()).toArray(double[][]::new);
    }
}
