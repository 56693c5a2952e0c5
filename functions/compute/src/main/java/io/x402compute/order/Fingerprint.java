package io.x402compute.order;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** What makes two requests the same request: method, path and the parsed body with its defaults filled in; no headers. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(String method, String path, ObjectNode request) {
        String text = method + "\n" + path + "\n" + Json.write(request);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
