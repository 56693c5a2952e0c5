package io.x402compute.x402.client;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.WireJson;

/** An entry as a line of text: eight hex digits of CRC-32C, a space, and a JSON object. */
final class JournalLine {
    private static final int CHECKSUM_DIGITS = 8;

    private JournalLine() {}

    /** Without the line's end. */
    static String of(JournalEntry entry) {
        String json = json(entry).toString();
        return checksum(json) + " " + json;
    }

    /** The entry on a line; empty when it is not exactly what {@link #of} makes. */
    static Optional<JournalEntry> read(String line) {
        if (line.length() <= CHECKSUM_DIGITS || line.charAt(CHECKSUM_DIGITS) != ' ') {
            return Optional.empty();
        }
        String json = line.substring(CHECKSUM_DIGITS + 1);
        return line.startsWith(checksum(json))
                ? WireJson.parse(json.getBytes(StandardCharsets.UTF_8)).flatMap(JournalLine::entry)
                : Optional.empty();
    }

    private static ObjectNode json(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Signed(String purchase, String request, SignedPayment payment) ->
                step("signed", payment.signedAt()).put("purchase", purchase).put("request", request)
                        .put("header", payment.payload().headerName()).put("payment", payment.payload().headerText());
            case JournalEntry.SentAgain(Instant at, String paymentId) -> step("sent-again", at).put("id", paymentId);
            case JournalEntry.Answered(Instant at, String paymentId, int status, Verdict verdict) ->
                step("answered", at).put("id", paymentId).put("status", status)
                        .put("verdict", verdict.name().toLowerCase(Locale.ROOT));
            case JournalEntry.Abandoned(Instant at, String paymentId) -> step("abandoned", at).put("id", paymentId);
        };
    }

    private static ObjectNode step(String name, Instant at) {
        return WireJson.object().put("step", name).put("at", at.toString());
    }

    private static Optional<JournalEntry> entry(ObjectNode json) {
        try {
            Instant at = Instant.parse(json.path("at").asText());
            String id = json.path("id").asText();
            return switch (json.path("step").asText()) {
                case "signed" -> signed(json, at);
                case "sent-again" -> Optional.of(new JournalEntry.SentAgain(at, id));
                case "answered" -> Optional.of(new JournalEntry.Answered(at, id, json.path("status").asInt(),
                        Verdict.valueOf(json.path("verdict").asText().toUpperCase(Locale.ROOT))));
                case "abandoned" -> Optional.of(new JournalEntry.Abandoned(at, id));
                default -> Optional.empty();
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<JournalEntry> signed(ObjectNode json, Instant at) {
        return payload(json.path("header").asText(), json.path("payment").asText())
                .map(payload -> new JournalEntry.Signed(json.path("purchase").asText(), json.path("request").asText(),
                        new SignedPayment(payload, at)));
    }

    /** The payment of a header, only if it would be sent again as the same text. */
    static Optional<PaymentPayload> payload(String header, String text) {
        DecodedPayment decoded = header.equals(PaymentHeaders.X_PAYMENT)
                ? PaymentHeaders.decode(Optional.empty(), Optional.of(text))
                : PaymentHeaders.decode(Optional.of(text), Optional.empty());
        return decoded instanceof DecodedPayment.Decoded(PaymentPayload payload)
                && payload.headerName().equals(header) && payload.headerText().equals(text)
                        ? Optional.of(payload)
                        : Optional.empty();
    }

    private static String checksum(String json) {
        CRC32C checksum = new CRC32C();
        checksum.update(json.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }
}
