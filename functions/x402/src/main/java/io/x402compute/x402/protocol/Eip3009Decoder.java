package io.x402compute.x402.protocol;

import java.math.BigInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code payload} of an exact EVM payment. Every value is brought into one form, so that equal payments are equal. */
final class Eip3009Decoder {
    private static final int ADDRESS = 20;
    private static final int NONCE = 32;
    /** 78 digits are as many as 2^256 - 1 has. */
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,77}");
    private static final int UINT256_BITS = 256;

    private Eip3009Decoder() {}

    static SchemePayload.Eip3009 decode(ObjectNode payload) throws MalformedPayment {
        if (payload.has("permit2Authorization")) {
            throw new MalformedPayment(Reasons.UNSUPPORTED_PAYLOAD_TYPE);
        }
        ObjectNode signed = WireJson.object(payload, "authorization").orElseThrow(Eip3009Decoder::invalid);
        var authorization = new Eip3009Authorization(hex(signed, "from", ADDRESS), hex(signed, "to", ADDRESS),
                number(signed, "value"), number(signed, "validAfter"), number(signed, "validBefore"),
                hex(signed, "nonce", NONCE));
        return new SchemePayload.Eip3009(authorization,
                hex(payload, "signature", text -> Hex.isBytes(text) && text.length() > 2));
    }

    private static String hex(ObjectNode json, String field, int bytes) throws MalformedPayment {
        return hex(json, field, text -> Hex.isBytes(text, bytes));
    }

    private static String hex(ObjectNode json, String field, Predicate<String> form) throws MalformedPayment {
        return WireJson.text(json, field).filter(form).map(Hex::lowerCase).orElseThrow(Eip3009Decoder::invalid);
    }

    /** Decimal text as both specifications want it, or a JSON integer as some clients send it. */
    private static BigInteger number(ObjectNode json, String field) throws MalformedPayment {
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

    private static MalformedPayment invalid() {
        return new MalformedPayment(Reasons.INVALID_PAYLOAD);
    }
}
