package io.x402compute.http;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON object of a request, read field by field with the type and the bounds each must have. Everything else is 400:
 * {@code invalid_json}, {@code missing_field}, {@code invalid_field}. A field that is {@code null} is there and wrong.
 */
public final class RequestBody {
    /** In its one spelling. */
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,20}");

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,12}(?:\\.[0-9]{1,12})?");

    private final ObjectNode fields;
    private final boolean empty;

    private RequestBody(ObjectNode fields, boolean empty) {
        this.fields = fields;
        this.empty = empty;
    }

    /**
     * Reads the body.
     *
     * @throws ApiException 400 {@code invalid_json} unless the body is empty or exactly one JSON object in UTF-8
     */
    public static RequestBody of(ApiRequest request) {
        if (request.body().length == 0) {
            return new RequestBody(Json.object(), true);
        }
        try {
            // Jackson would also take UTF-16, and bytes that no UTF-8 encoder writes.
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body())).toString();
            if (Json.read(text) instanceof ObjectNode object) {
                return new RequestBody(object, false);
            }
            throw ApiException.badRequest("invalid_json", "The body is not a JSON object");
        } catch (CharacterCodingException e) {
            throw ApiException.badRequest("invalid_json", "The body is not UTF-8");
        } catch (IOException e) {
            throw ApiException.badRequest("invalid_json", "The body is not valid JSON");
        }
    }

    /** One that was put together here. */
    public static RequestBody of(ObjectNode fields) {
        return new RequestBody(fields, false);
    }

    /**
     * Reads the query as if it were a body: what a client sends in order to buy, it can send in order to look.
     *
     * @param numbers those of the parameters that are integers; all others are text
     */
    public static RequestBody ofQuery(ApiRequest request, String... numbers) {
        ObjectNode fields = Json.object();
        request.query().forEach(fields::put);
        for (String name : numbers) {
            request.queryParameter(name).filter(text -> INTEGER.matcher(text).matches())
                    .ifPresent(text -> fields.put(name, new BigInteger(text)));
        }
        return new RequestBody(fields, fields.isEmpty());
    }

    /** Whether no body was sent at all; {@code {}} is a body. */
    public boolean isEmpty() {
        return empty;
    }

    /** All fields, sorted by name at every depth. */
    ObjectNode sorted() {
        return Json.sorted(fields);
    }

    public boolean has(String field) {
        return fields.has(field);
    }

    /** A line of 1 to {@code maxLength} characters, without control characters. */
    public String text(String field, int maxLength) {
        return optionalText(field, maxLength).orElseThrow(() -> missing(field));
    }

    /** As {@link #text}, empty when the field is absent. */
    public Optional<String> optionalText(String field, int maxLength) {
        return string(field, maxLength, Character::isISOControl);
    }

    /** Text that may have several lines: line feeds, carriage returns and tabs are allowed. */
    public Optional<String> optionalLines(String field, int maxLength) {
        return string(field, maxLength, c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
    }

    public int integer(String field, int min, int max) {
        return optionalInteger(field, min, max).orElseThrow(() -> missing(field));
    }

    /** A JSON number without a fraction or an exponent, from {@code min} to {@code max}. */
    public OptionalInt optionalInteger(String field, int min, int max) {
        JsonNode value = fields.get(field);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!value.isIntegralNumber()) {
            throw ApiException.invalidField(field, "must be an integer");
        }
        if (!value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw ApiException.invalidField(field, "must be between " + min + " and " + max);
        }
        return OptionalInt.of(value.intValue());
    }

    /**
     * A decimal number, or the same as text, read exactly; an exponent is no more than another spelling.
     *
     * @param decimals how many digits behind the point count
     */
    public BigDecimal decimal(String field, BigDecimal min, BigDecimal max, int decimals) {
        JsonNode value = fields.get(field);
        if (value == null) {
            throw missing(field);
        }
        BigDecimal number = number(value)
                .orElseThrow(() -> ApiException.invalidField(field, "must be a decimal number"));
        if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
            throw ApiException.invalidField(field,
                    "must be between " + plain(min) + " and " + plain(max));
        }
        if (number.stripTrailingZeros().scale() > decimals) {
            throw ApiException.invalidField(field, "may have " + decimals + " decimals");
        }
        return number;
    }

    private static Optional<BigDecimal> number(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.decimalValue());
        }
        return Optional.ofNullable(value.textValue()).filter(text -> DECIMAL.matcher(text).matches())
                .map(BigDecimal::new);
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /**
     * A JSON boolean.
     *
     * @param absent the value of a field that was not sent
     */
    public boolean flag(String field, boolean absent) {
        JsonNode value = fields.get(field);
        if (value == null) {
            return absent;
        }
        if (!value.isBoolean()) {
            throw ApiException.invalidField(field, "must be true or false");
        }
        return value.booleanValue();
    }

    /** A JSON object. */
    public ObjectNode object(String field) {
        JsonNode value = fields.get(field);
        if (value == null) {
            throw missing(field);
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.invalidField(field, "must be an object");
    }

    private Optional<String> string(String field, int maxLength, IntPredicate forbidden) {
        JsonNode value = fields.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw ApiException.invalidField(field, "must be a string");
        }
        String text = value.textValue();
        if (text.isEmpty() || text.length() > maxLength) {
            throw ApiException.invalidField(field, "must have 1 to " + maxLength + " characters");
        }
        if (text.codePoints().anyMatch(c -> forbidden.test(c) || isLoneSurrogate(c))) {
            throw ApiException.invalidField(field, "has a character that is not allowed");
        }
        return Optional.of(text);
    }

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static ApiException missing(String field) {
        return ApiException.badRequest("missing_field", field + " is required");
    }
}
