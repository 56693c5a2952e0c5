package io.x402compute.running;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request as it goes over the wire, well-formed or not: no client stands between.
 *
 * @param target of the request line: path and query
 * @param headers in their order, some perhaps more than once
 */
record WireRequest(String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {
    /** Longer than the gateway lets any function take. */
    private static final int TIMEOUT_MILLIS = 45_000;

    static WireRequest of(String method, String target, Map<String, String> headers, byte[] body) {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        headers.forEach((name, value) -> lines.add(Map.entry(name, value)));
        return new WireRequest(method, target, lines, body);
    }

    WireRequest method(String other) {
        return new WireRequest(other, target, headers, body);
    }

    WireRequest target(String other) {
        return new WireRequest(method, other, headers, body);
    }

    WireRequest headers(List<Map.Entry<String, String>> other) {
        return new WireRequest(method, target, other, body);
    }

    WireRequest body(byte[] other) {
        return new WireRequest(method, target, headers, other);
    }

    byte[] bytes() {
        StringBuilder head = new StringBuilder(method).append(' ').append(target)
                .append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        headers.forEach(header -> head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** Sends that, and nothing after it. What came back; nothing when the server would not listen to it. */
    static String exchange(URI api, byte[] bytes) {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), api.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
