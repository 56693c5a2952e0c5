package io.x402compute.local.inference;

import java.nio.charset.StandardCharsets;

/**
 * A request that the server got, without its headers.
 *
 * @param path with the API's base
 */
public record AskedRequest(String method, String path, String contentType, byte[] body) {

    /** The body as it is in JSON. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
