package io.x402compute.local.inference;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** The body of a request, of which only published fields are taken. */
final class Fields {
    private final ObjectNode body;
    /** In a form, all is text. */
    private final boolean form;

    private Fields(ObjectNode body, boolean form, Set<String> published) {
        this.body = body;
        this.form = form;
        body.fieldNames().forEachRemaining(field -> {
            if (!published.contains(field)) {
                throw Refused.invalid(field, "Unknown parameter: '" + field + "'.", "unknown_parameter");
            }
        });
    }

    /** @throws Refused without a JSON object of these fields, or fewer */
    static Fields ofJson(Call call, String published) {
        if (!call.contentType().toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw Refused.of(415, "Unsupported content type: '" + call.contentType()
                    + "'. This API method only accepts 'application/json' requests.", "unsupported_content_type");
        }
        try {
            if (Json.read(call.body()) instanceof ObjectNode object) {
                return of(object, published);
            }
        } catch (IOException e) {
            // Answered below, like any other body that is no object.
        }
        throw Refused.of(400, "We could not parse the JSON body of your request.", "invalid_json");
    }

    /** Of an object within a body. */
    static Fields of(ObjectNode object, String published) {
        return new Fields(object, false, Set.of(published.split(" ", -1)));
    }

    static Fields ofForm(ObjectNode form, String published) {
        return new Fields(form, true, Set.of(published.split(" ", -1)));
    }

    /** @throws Refused without it, and where it is null */
    JsonNode required(String field) {
        return find(field).orElseThrow(() -> Refused.missing(field));
    }

    boolean has(String field) {
        return find(field).isPresent();
    }

    Optional<JsonNode> find(String field) {
        return Optional.ofNullable(body.get(field)).filter(value -> !value.isNull());
    }

    /** Text with something in it. */
    String text(String field) {
        String text = text(field, required(field));
        if (text.isBlank()) {
            throw Refused.invalid(field, "Invalid '" + field + "': it must not be empty.", "invalid_value");
        }
        return text;
    }

    String text(String field, int longest) {
        String text = text(field);
        if (text.length() > longest) {
            throw Refused.invalid(field,
                    "Invalid '" + field + "': string too long. Expected a string with maximum length "
                            + longest + ", but got a string with length " + text.length() + " instead.",
                    "string_above_max_length");
        }
        return text;
    }

    Optional<String> optionalText(String field) {
        return find(field).map(value -> text(field, value));
    }

    /** One of some words. */
    String oneOf(String field, String untold, String... words) {
        String word = optionalText(field).orElse(untold);
        if (!List.of(words).contains(word)) {
            throw Refused.wrongValue(field, word, List.of(words));
        }
        return word;
    }

    int whole(String field, int least, int most, int untold) {
        Optional<JsonNode> value = find(field);
        if (value.isEmpty()) {
            return untold;
        }
        BigDecimal number = number(field, value.get(), "an integer");
        if (number.stripTrailingZeros().scale() > 0) {
            throw Refused.wrongType(field, "an integer");
        }
        return within(field, number, BigDecimal.valueOf(least), BigDecimal.valueOf(most)).intValueExact();
    }

    double decimal(String field, double least, double most, double untold) {
        return find(field).map(value -> within(field, number(field, value, "a number"), BigDecimal.valueOf(least),
                BigDecimal.valueOf(most)).doubleValue()).orElse(untold);
    }

    boolean flag(String field) {
        return find(field).map(value -> {
            if (form && (value.asText().equals("true") || value.asText().equals("false"))) {
                return value.asText().equals("true");
            }
            if (!value.isBoolean()) {
                throw Refused.wrongType(field, "a boolean");
            }
            return value.booleanValue();
        }).orElse(false);
    }

    /** An array, which may be long, but not empty. */
    List<JsonNode> array(String field, int longest) {
        JsonNode array = required(field);
        if (!array.isArray()) {
            throw Refused.wrongType(field, "an array");
        }
        if (array.isEmpty() || array.size() > longest) {
            throw Refused.invalid(field, "Invalid '" + field + "': expected an array of 1 to " + longest
                    + " elements, but got " + array.size() + ".", "invalid_value");
        }
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    /** One text, or an array of them. */
    List<String> texts(String field, int most) {
        if (required(field).isTextual()) {
            return List.of(text(field));
        }
        return array(field, most).stream().map(element -> text(field, element)).toList();
    }

    private static String text(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw Refused.wrongType(field, "a string");
        }
        return value.textValue();
    }

    private BigDecimal number(String field, JsonNode value, String expected) {
        if (value.isNumber()) {
            return value.decimalValue();
        }
        if (form && value.asText().matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            return new BigDecimal(value.asText());
        }
        throw Refused.wrongType(field, expected);
    }

    private static BigDecimal within(String field, BigDecimal number, BigDecimal least, BigDecimal most) {
        if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
            throw Refused.invalid(field, "Invalid '" + field + "': expected a value from " + least + " to " + most
                    + ", but got " + number + " instead.", "value_out_of_range");
        }
        return number;
    }
}
