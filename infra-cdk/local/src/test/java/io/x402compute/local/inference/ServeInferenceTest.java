package io.x402compute.local.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;

/** The server in a process of its own, for whoever wants nothing else. */
class ServeInferenceTest {
    @Test
    void itTellsWhereItIsAndAnswersThere() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), ServeInference.class.getName(), "0").start();
        try (BufferedReader lines = process.inputReader(); HttpClient http = HttpClient.newHttpClient()) {
            String told = lines.readLine();
            String base = told.substring(told.indexOf("openai=") + "openai=".length(), told.indexOf(','));
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/models")).timeout(Duration.ofSeconds(20))
                    .header("Authorization", "Bearer " + told.substring(told.lastIndexOf(' ') + 1)).build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("llama-3.3-70b-instruct");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
