package io.x402compute.local.template;

import java.math.BigDecimal;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** The template's parameters, held to the same limits that CloudFormation holds an operator's values to. */
final class Parameters {
    private final JsonNode declared;
    private final Map<String, String> values;

    /** @param values by name; what is not given takes the template's default */
    Parameters(JsonNode declared, Map<String, String> values) {
        this.declared = declared;
        this.values = values;
    }

    boolean declares(String name) {
        return declared.has(name);
    }

    String value(String name) {
        JsonNode declaration = declared.path(name);
        String value = values.getOrDefault(name, declaration.path("Default").asText(null));
        if (value == null) {
            throw new UnsupportedTemplateException("the parameter " + name + ": it has no default and no local value");
        }
        if (!allows(declaration, value)) {
            throw new IllegalArgumentException("The template does not allow " + value + " as " + name);
        }
        return value;
    }

    private static boolean allows(JsonNode declaration, String value) {
        JsonNode allowed = declaration.path("AllowedValues");
        boolean listed = allowed.isMissingNode() || Resources.texts(allowed).contains(value);
        boolean shaped = value.matches(declaration.path("AllowedPattern").asText("(?s).*"));
        boolean number = declaration.path("Type").asText().equals("Number");
        return listed && shaped && (!number || isWithin(declaration, value));
    }

    private static boolean isWithin(JsonNode declaration, String value) {
        try {
            BigDecimal number = new BigDecimal(value);
            return (!declaration.has("MinValue") || number.compareTo(declaration.get("MinValue").decimalValue()) >= 0)
                    && (!declaration.has("MaxValue")
                            || number.compareTo(declaration.get("MaxValue").decimalValue()) <= 0);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
