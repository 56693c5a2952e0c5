package io.x402compute.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What makes two requests the same request: SHA-256 of method, path and the parsed body, as 64 lower-case hex digits. No
 * headers: credentials and payments change from try to try.
 */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * For a request whose fields were read.
     *
     * @param request the parsed body with its defaults filled in, its fields in one order
     */
    public static String of(String method, String path, ObjectNode request) {
        String text = method + "\n" + path + "\n" + Json.write(request);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * For a request whose fields have no defaults: neither their order nor spaces between them matter, and no body is an empty
     * object.
     *
     * @throws ApiException 400 {@code invalid_json} for a body that is something else than an object
     */
    public static String of(ApiRequest request) {
        return of(request.method(), request.path(), RequestBody.of(request).sorted());
    }
}
