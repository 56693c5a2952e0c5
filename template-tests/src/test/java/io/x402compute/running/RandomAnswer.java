package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;

/**
 * What a random request got.
 *
 * @param status 0 when it was so wrong that it never got to the gateway
 */
record RandomAnswer(byte[] request, int status, String head, String body) {
    private static final Pattern STATUS = Pattern.compile("http/1\\.1 ([0-9]{3})");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: ([0-9]+)");
    /** Without it the answer is of the JDK's server, which stands where the gateway's listeners are. */
    private static final String FROM_THE_GATEWAY = "\r\napigw-requestid: ";
    private static final String FROM_A_FUNCTION = "\r\nx-request-id: ";

    static RandomAnswer to(byte[] request, URI api) {
        String[] parts = WireRequest.exchange(api, request).split("\r\n\r\n", 2);
        String head = parts[0].toLowerCase(Locale.ROOT);
        Matcher status = STATUS.matcher(head);
        boolean answered = status.lookingAt() && head.contains(FROM_THE_GATEWAY);
        return new RandomAnswer(request, answered ? Integer.parseInt(status.group(1)) : 0, head, body(parts));
    }

    /** What was left over of the request may have got an answer of its own, right behind it. */
    private static String body(String[] parts) {
        Matcher length = LENGTH.matcher(parts[0]);
        byte[] rest = WalletHeaders.bytes(parts[parts.length - 1]);
        return parts.length < 2 || !length.find()
                ? ""
                : new String(rest, 0, Math.min(rest.length, Integer.parseInt(length.group(1))), StandardCharsets.UTF_8);
    }

    /** That it is no failure of ours, and that an error has the shape of all errors. */
    void assertFit(String name) {
        String which = name + ", answered " + status + " " + body + " to\n"
                + new String(request, StandardCharsets.ISO_8859_1);
        assertThat(status).as(which).isLessThan(500);
        if (status < 400 || body.isEmpty()) {
            return;
        }
        JsonNode json = json(which);
        if (head.contains(FROM_A_FUNCTION)) {
            ToldError told = ToldError.of(json);
            assertThat(told.text()).as(which).isNotBlank();
            assertThat(told.code()).as(which).isNotBlank();
            assertThat(told.requestId()).as(which).isNotBlank();
        } else {
            assertThat(json.path("message").textValue()).as(which).isNotBlank();
        }
    }

    private JsonNode json(String which) {
        try {
            return Json.read(body);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + which, e);
        }
    }
}
