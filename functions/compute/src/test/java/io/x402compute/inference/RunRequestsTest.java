package io.x402compute.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.http.ApiException;
import io.x402compute.http.Json;
import io.x402compute.inference.outside.OutsideUrls;

class RunRequestsTest {
    private final RunRequests requests = new RunRequests(Services.read(), new OutsideUrls(false));

    @Test
    void anAliasAsksForTheServiceItStandsForWithItsDefaults() {
        RunRequest request = read("""
                {"service": "flux-schnell", "input": {"prompt": "A fox"}}""");

        assertThat(request.service()).isEqualTo("image-4090");
        assertThat(request.input()).isEqualTo(Json.readOwn("""
                {"prompt": "A fox", "width": 1024, "height": 1024, "steps": 4}"""));
        assertThat(request.priority()).isEqualTo(Priority.FAST);
        assertThat(request.webhook()).isEmpty();
    }

    @Test
    void theSameWishSpeltOtherwiseIsTheSameRequest() {
        RunRequest plain = read("""
                {"service": "llm-4090", "input": {"prompt": "Hi", "max_tokens": 512, "temperature": 0.7}}""");
        RunRequest other = read("""
                {"input": {"temperature": 70e-2, "prompt": "Hi"}, "service": "llm-stream"}""");

        assertThat(Json.write(other.toJson())).isEqualTo(Json.write(plain.toJson()));
    }

    @Test
    void whatWasStoredIsTheSameRequestAgain() {
        RunRequest request = requests.read(RunBodies.of("""
                {"service": "video", "input": {"prompt": "Waves"}, "webhook_url": "https://example.com/done"}"""),
                Optional.of("CHEAP"));

        assertThat(RunRequest.ofStored((ObjectNode) Json
                .readOwn(Json.write(request.toJson())))).isEqualTo(request);
    }

    @Test
    void anUnknownServiceIsToldWhatThereIs() {
        assertThatThrownBy(() -> read("""
                {"service": "teleport", "input": {}}""")).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.code()).isEqualTo("unknown_service");
            assertThat(refusal.response("1").body().path("available_services"))
                    .extracting(key -> key.asText()).contains("llm-4090", "image-4090", "whisper-l4");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"input": {}} | missing_field | service is required
            {"service": "llm-4090"} | missing_field | input is required
            {"service": "llm-4090", "input": "Hi"} | invalid_field | input must be an object
            {"service": 1, "input": {}} | invalid_field | service must be a string
            {"service": "llm-4090", "input": {}} | missing_field | input.prompt or input.messages is required
            {"service": "image-4090", "input": {}} | missing_field | input.prompt is required
            {"service": "image-4090", "input": {"prompt": "x", "width": 100}} | invalid_field | input.width must be between 256 and 1536
            {"service": "image-4090", "input": {"prompt": "x", "hight": 512}} | invalid_field | input.hight is not a field of this service
            {"service": "image-4090", "input": {"prompt": "x"}, "webhook_url": "https://example.com"} | invalid_field | webhook_url is for services that are queued; image-4090 answers at once
            {"service": "video", "input": {"prompt": "x"}, "webhook_url": "http://10.0.0.1/"} | invalid_field | webhook_url must be an https address of a public host
            {"service": "whisper-l4", "input": {"audio_url": "https://localhost/a"}} | invalid_field | input.audio_url must be an https address of a public host
            """)
    void whateverIsWrongIsNamed(String body, String code, String message) {
        assertThatThrownBy(() -> read(body)).hasMessage(message).isInstanceOfSatisfying(ApiException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void aPriorityThatIsNoneIsRefused() {
        assertThatThrownBy(() -> requests.read(RunBodies.of("""
                {"service": "llm-4090", "input": {"prompt": "Hi"}}"""), Optional.of("urgent")))
                .hasMessage("X-Priority must be fast or cheap");
    }

    private RunRequest read(String body) {
        return requests.read(RunBodies.of(body), Optional.empty());
    }
}
