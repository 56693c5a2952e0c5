package io.x402compute.x402.protocol;

import java.math.BigInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Values of EVM payments, each brought into one form, so that equal payments are equal. */
final class EvmFields {
    private static final int ADDRESS = 20;
    private static final int WORD = 32;
    /** 78 digits are as many as 2^256 - 1 has. */
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,77}");
    private static final int UINT256_BITS = 256;

    private EvmFields() {}

    static String address(ObjectNode json, String field) throws MalformedPayment {
        return hex(json, field, text -> Hex.isBytes(text, ADDRESS));
    }

    static String word(ObjectNode json, String field) throws MalformedPayment {
        return hex(json, field, text -> Hex.isBytes(text, WORD));
    }

    static String bytes(ObjectNode json, String field) throws MalformedPayment {
        return hex(json, field, text -> Hex.isBytes(text) && text.length() > 2);
    }

    /** Decimal text as both specifications want it, or a JSON integer as some clients send it. */
    static BigInteger number(ObjectNode json, String field) throws MalformedPayment {
        JsonNode value = json.path(field);
        String text = value.isIntegralNumber() || value.isTextual() ? value.asText() : "";
        if (!DECIMAL.matcher(text).matches()) {
            throw invalid();
        }
        BigInteger number = new BigInteger(text);
        if (number.bitLength() > UINT256_BITS) {
            throw invalid();
        }
        return number;
    }

    static ObjectNode object(ObjectNode json, String field) throws MalformedPayment {
        return WireJson.object(json, field).orElseThrow(EvmFields::invalid);
    }

    private static String hex(ObjectNode json, String field, Predicate<String> form) throws MalformedPayment {
        return WireJson.text(json, field).filter(form).map(Hex::lowerCase).orElseThrow(EvmFields::invalid);
    }

    private static MalformedPayment invalid() {
        return new MalformedPayment(Reasons.INVALID_PAYLOAD);
    }
}
