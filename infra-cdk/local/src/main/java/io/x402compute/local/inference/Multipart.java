package io.x402compute.local.inference;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/**
 * A form with files, as of RFC 7578.
 *
 * @param texts its other fields; one whose name ends in {@code []} is an array
 */
record Multipart(ObjectNode texts, Map<String, FilePart> files) {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))");
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");

    /** A file in it. */
    record FilePart(String name, byte[] bytes) {}

    static boolean is(Call call) {
        return call.contentType().toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /** @throws Refused when it is no such form */
    static Multipart read(Call call) {
        Matcher boundary = BOUNDARY.matcher(call.contentType());
        if (!is(call) || !boundary.find()) {
            throw Refused.of(415, "Unsupported content type: '" + call.contentType()
                    + "'. This API method only accepts 'multipart/form-data' requests.", "unsupported_content_type");
        }
        String mark = "\r\n--" + Optional.ofNullable(boundary.group(1)).orElse(boundary.group(2));
        // One letter for each byte, so that places in the text are places in the body.
        String body = "\r\n" + new String(call.body(), StandardCharsets.ISO_8859_1);
        Multipart form = new Multipart(Json.object(), new HashMap<>());
        int at = body.indexOf(mark);
        if (at < 0 || body.lastIndexOf(mark + "--") < 0) {
            throw malformed();
        }
        for (at += mark.length(); !body.startsWith("--", at);) {
            int next = body.indexOf(mark, at);
            if (next < 0) {
                throw malformed();
            }
            form.add(body.substring(at, next));
            at = next + mark.length();
        }
        return form;
    }

    /** @throws Refused without it */
    FilePart file(String field) {
        return Optional.ofNullable(files.get(field)).orElseThrow(() -> Refused.missing(field));
    }

    private void add(String part) {
        int end = part.indexOf("\r\n\r\n");
        if (end < 0) {
            throw malformed();
        }
        String head = part.substring(0, end);
        Matcher name = NAME.matcher(head);
        if (!name.find()) {
            throw malformed();
        }
        byte[] content = part.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        Matcher fileName = FILE_NAME.matcher(head);
        if (fileName.find()) {
            files.put(name.group(1), new FilePart(fileName.group(1), content));
        } else {
            add(name.group(1), new String(content, StandardCharsets.UTF_8));
        }
    }

    private void add(String name, String text) {
        if (name.endsWith("[]")) {
            String field = name.substring(0, name.length() - 2);
            ArrayNode array = texts.has(field) ? (ArrayNode) texts.get(field) : texts.putArray(field);
            array.add(text);
        } else {
            texts.put(name, text);
        }
    }

    private static Refused malformed() {
        return Refused.of(400, "Could not parse multipart form.", "invalid_multipart");
    }
}
