package io.x402compute.local.inference;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;
import io.x402compute.local.HandClock;

/** A server, time that it lives in, and somebody with its key who asks it. */
final class Asking implements AutoCloseable {
    final HandClock clock = new HandClock(Instant.parse("2026-11-21T12:00:00Z"));
    final InferenceServer server = InferenceServer.start(0, clock);
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer. */
    record Answer(int status, String contentType, byte[] body) {
        JsonNode json() {
            try {
                return Json.read(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** A file in a form. */
    record Upload(String field, String name, byte[] bytes) {}

    Answer get(String path) {
        return get(server.url().resolve(path));
    }

    Answer get(URI uri) {
        return send(keyed(uri).GET());
    }

    Answer post(String path, String json) {
        return send(keyed(server.url().resolve(path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    Answer delete(String path) {
        return send(keyed(server.url().resolve(path)).DELETE());
    }

    Answer form(String path, Map<String, String> texts, Upload... uploads) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        texts.forEach((name, text) -> body.writeBytes(
                ("--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + text + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        for (Upload upload : uploads) {
            body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"" + upload.field() + "\"; filename=\""
                    + upload.name() + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(upload.bytes());
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes("--edge--\r\n".getBytes(StandardCharsets.UTF_8));
        return send(keyed(server.url().resolve(path)).header("Content-Type", "multipart/form-data; boundary=edge")
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> answer = http.send(request.timeout(Duration.ofSeconds(20)).build(),
                    BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder keyed(URI uri) {
        return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + InferenceServer.API_KEY);
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }
}
