package io.x402compute.local.inference;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.x402compute.local.inference.media.Picture;
import io.x402compute.local.inference.media.UnreadableException;

/** What requests refer to by its address, fetched. */
final class Inputs implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int LARGEST = 25 << 20;
    private static final Pattern DATA = Pattern.compile("data:[^,;]*(?:;[^,;]*)*;base64,(.*)", Pattern.DOTALL);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL).build();

    /** @throws Refused when it cannot be had, naming the field */
    byte[] fetch(String field, String address) {
        Matcher data = DATA.matcher(address);
        try {
            return data.matches() ? Base64.getDecoder().decode(data.group(1)) : download(URI.create(address));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(field, "could not be downloaded");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreadable(field, "could not be downloaded");
        }
    }

    Picture picture(String field, String address) {
        return picture(field, fetch(field, address));
    }

    static Picture picture(String field, byte[] file) {
        try {
            return Picture.read(file);
        } catch (UnreadableException e) {
            throw unreadable(field, "is no image that can be read");
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private byte[] download(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
        HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            byte[] bytes = body.readNBytes(LARGEST + 1);
            if (answer.statusCode() != 200 || bytes.length > LARGEST) {
                throw new IOException("not to be had");
            }
            return bytes;
        }
    }

    static Refused unreadable(String field, String why) {
        return Refused.invalid(field, "Invalid '" + field + "': it " + why + ".", "invalid_input_file");
    }
}
