package io.x402compute.cli.api;

import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.WireJson;

/**
 * What the API answered.
 *
 * @param body an empty object where it is none
 * @param retryAfter the seconds after which it is worth asking again, if it ever is
 */
public record Answer(int status, ObjectNode body, Optional<Long> retryAfter) {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final int OK = 200;
    private static final int REDIRECTION = 300;

    public static Answer of(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), WireJson.parse(response.body()).orElseGet(WireJson::object),
                response.headers().firstValue("Retry-After").filter(text -> SECONDS.matcher(text).matches())
                        .map(Long::valueOf));
    }

    public boolean isSuccess() {
        return status >= OK && status < REDIRECTION;
    }

    /**
     * This, if it is a success.
     *
     * @throws io.x402compute.cli.shell.CommandFailed if it is not
     */
    public Answer orFail() {
        if (!isSuccess()) {
            throw Refusal.of(this);
        }
        return this;
    }
}
