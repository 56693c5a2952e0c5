package io.x402compute.running;

import static io.x402compute.running.BadRequest.row;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** What is no JSON object, sent to every route that reads one. */
final class BadBodies {
    /** Above what a function takes, and above what Lambda would. */
    private static final int TOO_LONG = 128 * 1024 + 1;
    private static final int TOO_LONG_FOR_THE_GATEWAY = 6 * 1024 * 1024 + 1;

    private BadBodies() {}

    static Stream<BadRequest> all() {
        return Stream.of(
                RequestDraft.post(MachineRequest.PROVISION),
                RequestDraft.post("/compute/instances/{machine}/extend"),
                RequestDraft.post("/compute/credits/topup"),
                RequestDraft.post("/compute/instances/{keyless-machine}/password"),
                RequestDraft.post(ToolClient.PATH),
                RequestDraft.post("/compute/api-keys")).flatMap(BadBodies::on);
    }

    private static Stream<BadRequest> on(RequestDraft route) {
        return Stream.concat(
                texts().stream().map(text -> bad(route, text.getKey(), text.getValue().getBytes(UTF_8))),
                Stream.of(
                        bad(route, "bytes that are no UTF-8", new byte[]{'{', '"', -1, '"', ':', '1', '}'}),
                        bad(route, "a slash in two bytes", new byte[]{'{', '"', -64, -81, '"', ':', '1', '}'}),
                        bad(route, "half a character in UTF-8",
                                new byte[]{'{', '"', -19, -96, -128, '"', ':', '1', '}'}),
                        bad(route, "UTF-16", "{}".getBytes(UTF_16)),
                        bad(route, "compressed", gzip("{}")),
                        named(route, "more than 128 KB", sent(route, new byte[TOO_LONG]), 413, "body_too_large"),
                        named(route, "more than 128 KB of spaces", sent(route, " ".repeat(TOO_LONG).getBytes(UTF_8)),
                                413, "body_too_large"),
                        named(route, "more than 6 MB", route.saying(new byte[TOO_LONG_FOR_THE_GATEWAY]), 413, "")));
    }

    private static List<Map.Entry<String, String>> texts() {
        return List.of(
                Map.entry("a form", "plan=vc2-1c-1gb&region=ewr"),
                Map.entry("XML", "<plan>vc2-1c-1gb</plan>"),
                Map.entry("a list", "[]"),
                Map.entry("a list with the object in it", "[{}]"),
                Map.entry("a string", "\"vc2-1c-1gb\""),
                Map.entry("a number", "24"),
                Map.entry("true", "true"),
                Map.entry("null", "null"),
                Map.entry("only spaces", "   "),
                Map.entry("half an object", "{\"plan\":"),
                Map.entry("half a string", "{\"plan\":\"vc2"),
                Map.entry("two objects", "{}{}"),
                Map.entry("a word after the object", "{} please"),
                Map.entry("a NUL after the object", "{}\u0000"),
                Map.entry("a byte order mark", "\ufeff{}"),
                Map.entry("one field twice", "{\"network\":\"base\",\"network\":\"base\"}"),
                Map.entry("one field twice in two spellings", "{\"network\":\"base\",\"n\\u0065twork\":\"base\"}"),
                Map.entry("one inner field twice", "{\"more\":{\"a\":1,\"a\":2}}"),
                Map.entry("a comma too many", "{\"network\":\"base\",}"),
                Map.entry("a comment", "{/* cheap */\"network\":\"base\"}"),
                Map.entry("single quotes", "{'network':'base'}"),
                Map.entry("names without quotes", "{network:\"base\"}"),
                Map.entry("not a number", "{\"more\":NaN}"),
                Map.entry("a number with a plus sign", "{\"more\":+24}"),
                Map.entry("a number with a leading zero", "{\"more\":024}"),
                Map.entry("a number in hex", "{\"more\":0x18}"),
                Map.entry("a number in Arabic digits", "{\"more\":\u0662\u0664}"),
                Map.entry("a number of two thousand digits", "{\"more\":" + "9".repeat(2_000) + "}"),
                Map.entry("a negative exponent of twenty digits", "{\"more\":1e-99999999999999999999}"),
                Map.entry("an exponent of twenty digits", "{\"more\":1e99999999999999999999}"),
                Map.entry("a tab in a string", "{\"network\":\"ba\tse\"}"),
                Map.entry("an escape there is not", "{\"network\":\"\\x62ase\"}"),
                Map.entry("a thousand lists in each other", "[".repeat(1_001)),
                Map.entry("a thousand objects in each other", "{\"a\":".repeat(1_001) + "1" + "}".repeat(1_001)),
                Map.entry("a name of a hundred thousand characters", "{\"" + "n".repeat(100_000) + "\":1}"));
    }

    private static BadRequest bad(RequestDraft route, String name, byte[] body) {
        return named(route, name, sent(route, body), 400, "invalid_json");
    }

    private static BadRequest named(RequestDraft route, String name, RequestDraft request, int status, String code) {
        return row(route.path() + ": " + name, request, status, code);
    }

    /** Keys and passwords are only for who signs. A body without a type reaches a function byte for byte. */
    private static RequestDraft sent(RequestDraft route, byte[] body) {
        RequestDraft request = route.saying(body).with("Content-Type", "application/octet-stream");
        boolean sold = List.of("/provision", "/extend", "/topup").stream().anyMatch(route.path()::endsWith);
        return !sold ? request.signed() : request;
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
