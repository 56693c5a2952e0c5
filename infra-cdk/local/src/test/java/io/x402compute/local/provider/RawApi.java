package io.x402compute.local.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;

/** The simulator's API without our client in between, for what that client does not ask. */
final class RawApi {
    private final ProviderSimulator simulator;

    RawApi(ProviderSimulator simulator) {
        this.simulator = simulator;
    }

    /** An answer; its body is an empty object where there is none. */
    record Answer(int status, JsonNode body) {}

    /** With the account's key. */
    Answer send(String method, String path, String body) {
        return send(method, URI.create(simulator.baseUrl() + path), body);
    }

    static Answer send(String method, URI uri, String body) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + ProviderSimulator.API_KEY)
                .timeout(Duration.ofSeconds(10))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(),
                    answer.body().length == 0 ? Json.object() : Json.read(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
