package io.x402compute.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request byte by byte, for what depends on its exact size: every other client adds headers of its own. */
final class RawRequest {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final String line;
    private final Map<String, String> headers = new LinkedHashMap<>();

    RawRequest(String method, String path) {
        this.line = method + " " + path + " HTTP/1.1";
        with("Host", "localhost").with("Connection", "close");
    }

    RawRequest with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** With one header more, so that request line and header values come to that many bytes. */
    RawRequest filled(String header, int bytes) {
        int used = line.length() + headers.values().stream().mapToInt(String::length).sum();
        return with(header, "x".repeat(bytes - used));
    }

    /** Status line, headers and body. */
    String send(URI api) {
        StringBuilder text = new StringBuilder(line).append("\r\n");
        headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), api.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
