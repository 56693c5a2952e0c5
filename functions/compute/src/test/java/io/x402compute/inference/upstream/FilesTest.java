package io.x402compute.inference.upstream;

import static io.x402compute.inference.FakeModels.model;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.Json;
import io.x402compute.inference.Attachment;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Outcome;

class FilesTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};
    private static final String TRANSCRIBE = "POST /openai/audio/transcriptions";
    private static final String DRAW = "POST /openai/images/generations";

    private final Desk desk = new Desk();

    FilesTest() {
        desk.models.has("openai", Desk.NOW, model("flux.1-schnell"), model("whisper-large-v3"), model("tts-1"),
                model("gpt-4o-transcribe-diarize"));
        desk.models.has("vultr", Desk.NOW);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aPictureThatComesWithTheAnswerIsAnAttachment() {
        desk.upstream.on(DRAW, 200,
                "{\"created\": 1, \"data\": [{\"b64_json\": \"" + Base64.getEncoder().encodeToString(PNG) + "\"}]}");

        Outcome.Completed completed = desk.completed("flux-schnell", "{\"prompt\": \"A fox\", \"width\": 512}");

        assertThat(completed.output().attachments()).singleElement().satisfies(attachment -> {
            assertThat(attachment.field()).isEqualTo("url");
            assertThat(attachment.mediaType()).isEqualTo("image/png");
            assertThat(attachment.bytes()).isEqualTo(PNG);
        });
        assertThat(completed.usage().of(Meter.IMAGES)).isEqualTo(1);
        assertThat(desk.upstream.asked().getFirst().json()).isEqualTo(Json.readOwn("""
                {"model": "flux.1-schnell", "prompt": "A fox", "steps": 4, "response_format": "b64_json",
                 "size": "512x1024"}"""));
    }

    @Test
    void aPictureThatIsElsewhereIsBroughtHome() {
        desk.upstream.on(DRAW, 200, "{\"data\": [{\"url\": \"" + desk.upstream.at("/files/a") + "\"}]}")
                .onRedirect("GET /files/a", "/files/b").onFile("GET /files/b", "application/octet-stream", PNG);

        assertThat(desk.completed("flux-schnell", "{\"prompt\": \"A fox\"}").output().attachments())
                .extracting(Attachment::mediaType).containsExactly("image/png");
    }

    @Test
    void aPictureThatCannotBeFetchedIsWhereTheUpstreamSays() {
        desk.upstream.on(DRAW, 200, "{\"data\": [{\"url\": \"" + desk.upstream.at("/files/a") + "\"}]}")
                .on("GET /files/a", 404, "{}");

        Outcome.Completed completed = desk.completed("flux-schnell", "{\"prompt\": \"A fox\"}");

        assertThat(completed.output().attachments()).isEmpty();
        assertThat(completed.output().fields().path("url").asText()).endsWith("/files/a");
    }

    @Test
    void speechIsAFileAndItsLettersAreCounted() {
        desk.upstream.onFile("POST /openai/audio/speech", "audio/mpeg; charset=binary", new byte[]{1, 2, 3});

        Outcome.Completed completed = desk.completed("tts-fast", "{\"text\": \"H\u00e9llo\"}");

        assertThat(completed.output().attachments()).singleElement().satisfies(attachment -> {
            assertThat(attachment.field()).isEqualTo("audio_url");
            assertThat(attachment.mediaType()).isEqualTo("audio/mpeg");
        });
        assertThat(completed.usage().of(Meter.CHARACTERS)).isEqualTo(5);
        // The upstream has other names for its voices.
        assertThat(desk.upstream.asked().getFirst().json()).isEqualTo(Json.readOwn("""
                {"model": "tts-1", "voice": "alloy", "speed": 1, "input": "H\u00e9llo", "response_format": "mp3"}"""));
    }

    @Test
    void aRecordingIsFetchedHereAndHandedOnWithWhatTheServiceAsks() {
        desk.upstream.onFile("GET /a/speech.mp3", "audio/mpeg", new byte[]{'a', (byte) 0xff, 'b'}).on(TRANSCRIBE, 200,
                """
                        {"text": "Hello", "language": "english", "duration": 61.2, "segments": [{"start": 0, "text": "Hello"}]}""");

        Outcome.Completed completed = desk.completed("whisper-l4",
                "{\"audio_url\": \"" + desk.upstream.at("/a/speech.mp3") + "\", \"language\": \"en\"}");

        assertThat(completed.output().fields()).isEqualTo(Json.readOwn(
                """
                        {"text": "Hello", "language": "english", "duration": 62, "segments": [{"start": 0, "text": "Hello"}]}"""));
        assertThat(completed.usage().of(Meter.SECONDS)).isEqualTo(62);
        ScriptedUpstream.Asked form = desk.upstream.asked().getLast();
        assertThat(form.mediaType()).startsWith("multipart/form-data; boundary=");
        assertThat(form.text()).contains("name=\"model\"\r\n\r\nwhisper-large-v3\r\n")
                .contains("name=\"language\"\r\n\r\nen\r\n")
                .contains("name=\"response_format\"\r\n\r\nverbose_json\r\n")
                .contains("name=\"file\"; filename=\"speech.mp3\"\r\nContent-Type: audio/mpeg\r\n\r\n"
                        + new String(new byte[]{'a', (byte) 0xff, 'b'}, ISO_8859_1) + "\r\n");
    }

    @Test
    void speakersAreToldApart() {
        desk.upstream.onFile("GET /a", "audio/wav", new byte[]{1}).on(TRANSCRIBE, 200, """
                {"text": "Hi. Hello.", "duration": 5, "segments": [{"speaker": "A", "text": "Hi."}]}""");

        assertThat(desk.completed("diarize-l4", "{\"audio_url\": \"" + desk.upstream.at("/a") + "\"}").output().fields()
                .at("/segments/0/speaker").asText()).isEqualTo("A");
        assertThat(desk.upstream.asked().getLast().text()).contains("diarized_json").contains("filename=\"audio.wav\"");
    }

    @Test
    void aRecordingThatIsLongerThanWasQuotedIsRefused() {
        desk.upstream.onFile("GET /a", "audio/wav", new byte[]{1}).on(TRANSCRIBE, 200, """
                {"text": "Hello", "usage": {"type": "duration", "seconds": 61}}""");

        assertThat(desk.run("whisper-l4", "{\"audio_url\": \"" + desk.upstream.at("/a") + "\", \"max_seconds\": 60}"))
                .isEqualTo(new Outcome.Refused("input.audio_url is 61 seconds long, and input.max_seconds is 60"));
    }

    @Test
    void aRecordingThatIsNotThereIsRefusedBeforeAnybodyIsAsked() {
        desk.upstream.on("GET /a", 403, "{}");

        assertThat(desk.run("whisper-l4", "{\"audio_url\": \"" + desk.upstream.at("/a") + "\"}"))
                .isEqualTo(new Outcome.Refused("input.audio_url is answered with status 403"));
        assertThat(desk.upstream.lines()).containsExactly("GET /a");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://169.254.169.254/latest/meta-data", "http://10.0.0.1/", "https://db.internal/", "file:///etc/passwd",
        "http://example.com/", "https:// /", ""})
    void aRedirectLeadsNowhereThatTheCallerCouldNotHaveNamed(String location) {
        desk.upstream.onRedirect("GET /a", location.isEmpty() ? "http://[::1]/" : location);

        assertThat(desk.run("whisper-l4", "{\"audio_url\": \"" + desk.upstream.at("/a") + "\"}"))
                .isEqualTo(new Outcome.Refused("input.audio_url is not at an address that may be asked"));
    }

    @Test
    void whoeverIsSentRoundInCirclesStops() {
        for (int i = 0; i < 10; i++) {
            desk.upstream.onRedirect("GET /a", "/a");
        }

        assertThat(desk.run("whisper-l4", "{\"audio_url\": \"" + desk.upstream.at("/a") + "\"}"))
                .isEqualTo(new Outcome.Refused("input.audio_url is redirected too often"));
        assertThat(desk.upstream.lines()).hasSize(4);
    }
}
