package io.x402compute.local.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.http.Json;

class OrderRefusalTest {
    private final Provider provider = new Provider();

    @AfterEach
    void stop() {
        provider.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nonsense                                                            | Bad request.
            []                                                                  | Bad request.
            {"plan":"vc2-1c-1gb","os_id":2284}                                  | Bad request.
            {"region":"ewr","os_id":2284}                                       | Bad request.
            {"region":"xxx","plan":"vc2-1c-1gb","os_id":2284}                   | Invalid region.
            {"region":"ewr","plan":"vbm-4c-32gb","os_id":2284}                  | Invalid plan chosen.
            {"region":"lhr","plan":"vcg-a16-2c-8g-2vram","os_id":2284}          | Plan is not available in this location
            {"region":"blr","plan":"vcg-a16-3c-32g-8vram","os_id":2284}         | Plan is not available in this location
            {"region":"ord","plan":"vcg-mi325x-252c-2872g-1536vram","os_id":2284} | Plan is not available in this location
            {"region":"ewr","plan":"vx1-g-2c-8g","os_id":2284}                  | Server add failed: One or more block devices are required.
            {"region":"ewr","plan":"vc2-1c-1gb","os_id":"2284"}                 | Invalid os_id.
            {"region":"ewr","plan":"vc2-1c-1gb","os_id":2284.5}                 | Invalid os_id.
            {"region":"ewr","plan":"vc2-1c-1gb","os_id":1}                      | Server add failed: Invalid OS chosen.
            {"region":"ewr","plan":"vc2-1c-1gb","os_id":159}                    | Server add failed: Invalid OS chosen.
            {"region":"ewr","plan":"vc2-1c-1gb","os_id":2284,"tags":"one"}      | Invalid tags.
            {"region":"ewr","plan":"vc2-1c-1gb","os_id":2284,"backups":true}    | Invalid backups.
            {"region":"ewr","plan":"vc2-1c-1gb","os_id":2284,"user_data":"#!"}  | Server add failed: user_data must be base64 encoded.
            """)
    void anOrderThatTheProviderWouldNotTakeIsRefused(String body, String text) throws Exception {
        HttpResponse<String> answer = post(body, ProviderSimulator.API_KEY);

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = Json.read(answer.body().getBytes(UTF_8));
        assertThat(error.path("error").asText()).isEqualTo(text);
        assertThat(error.path("status").asInt()).isEqualTo(400);
        assertThat(provider.simulator.machines()).isEmpty();
    }

    @Test
    void anOrderNeedsExactlyOneImage() throws Exception {
        assertThat(post("{\"region\":\"ewr\",\"plan\":\"vc2-1c-1gb\"}", ProviderSimulator.API_KEY).statusCode())
                .isEqualTo(400);
        assertThat(post("{\"region\":\"ewr\",\"plan\":\"vc2-1c-1gb\",\"os_id\":2284,\"app_id\":1}",
                ProviderSimulator.API_KEY).statusCode()).isEqualTo(400);
    }

    @Test
    void theWholeMachineWithItsFirstPasswordIsAnsweredOnce() throws Exception {
        String body = "{\"region\":\"ewr\",\"plan\":\"vc2-1c-1gb\",\"os_id\":2284,\"unknown\":1}";
        HttpResponse<String> answer = post(body, ProviderSimulator.API_KEY);

        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode instance = Json.read(answer.body().getBytes(UTF_8)).path("instance");
        assertThat(instance.path("default_password").asText()).isNotEmpty();
        assertThat(instance.path("date_created").asText()).isEqualTo("2026-09-30T12:00:00+00:00");
        assertThat(instance.path("os").asText()).isEqualTo("Ubuntu 24.04 LTS x64");

        provider.clock.advance(Duration.ofSeconds(1));
        String shown = send(request("/instances/" + instance.path("id").asText(), ProviderSimulator.API_KEY).GET())
                .body();
        assertThat(shown).contains(instance.path("id").asText()).doesNotContain("default_password");
    }

    @Test
    void aWrongKeyIsRefused() throws Exception {
        assertThat(post("{}", "wrong").body()).contains("\"error\":\"Invalid API token.\"");
        assertThat(send(request("/instances", "wrong").GET()).statusCode()).isEqualTo(401);
        assertThat(send(HttpRequest.newBuilder(URI.create(provider.simulator.baseUrl() + "/instances")).GET())
                .statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> post(String body, String key) throws IOException, InterruptedException {
        return send(request("/instances", key).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(URI.create(provider.simulator.baseUrl() + path))
                .header("Authorization", "Bearer " + key);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
        }
    }
}
