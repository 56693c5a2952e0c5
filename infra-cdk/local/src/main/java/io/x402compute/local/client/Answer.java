package io.x402compute.local.client;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.x402compute.http.Json;

/**
 * What the API answered.
 *
 * @param body a missing node when it is not JSON
 */
public record Answer(int status, HttpHeaders headers, JsonNode body) {

    public static Answer of(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), response.headers(), json(response.body()));
    }

    /** The instance in it, under the name that all of the API's answers give it. */
    public JsonNode order() {
        return body.path("order");
    }

    private static JsonNode json(byte[] text) {
        try {
            return Json.read(text);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
