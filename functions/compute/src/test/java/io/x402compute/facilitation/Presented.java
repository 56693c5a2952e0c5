package io.x402compute.facilitation;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.FacilitatorRequest;
import io.x402compute.x402.protocol.FacilitatorRequest.Reading;
import io.x402compute.x402.protocol.WireJson;

/** One payment as sellers present it, in the versions and spellings that there are. */
final class Presented {
    static final String NONCE = "0x" + "ab".repeat(32);
    static final String PAYER = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf";
    static final String SELLER = "0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF";
    static final String USDC = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";

    private Presented() {}

    static FacilitatorRequest v2() {
        return v2("https://seller.example/report");
    }

    static FacilitatorRequest v2(String resource) {
        ObjectNode offer = offer("eip155:8453").put("amount", "90000");
        ObjectNode payload = WireJson.object().put("x402Version", 2);
        payload.set("resource", WireJson.object().put("url", resource));
        payload.set("accepted", offer);
        payload.set("payload", signed());
        return read(2, payload, offer.deepCopy());
    }

    static FacilitatorRequest v1() {
        ObjectNode payload = WireJson.object().put("x402Version", 1).put("scheme", "exact").put("network", "base");
        payload.set("payload", signed());
        ObjectNode offer = offer("base").put("maxAmountRequired", "90000")
                .put("resource", "https://seller.example/report").put("description", "").put("mimeType", "");
        return read(1, payload, offer);
    }

    /** The same with everything that may be written in either case in the other one. */
    static FacilitatorRequest shouted() {
        return edited(json -> json.replace(NONCE, "0x" + "AB".repeat(32)).replace(PAYER, upper(PAYER))
                .replace(SELLER, upper(SELLER)).replace(USDC, upper(USDC)).replace("0xcd", "0xCD"));
    }

    static FacilitatorRequest edited(UnaryOperator<String> edit) {
        return read(edit.apply(v2().text()));
    }

    private static String upper(String address) {
        return "0x" + address.substring(2).toUpperCase(Locale.ROOT);
    }

    private static ObjectNode offer(String network) {
        ObjectNode offer = WireJson.object().put("scheme", "exact").put("network", network).put("asset", USDC)
                .put("payTo", SELLER).put("maxTimeoutSeconds", 300);
        offer.set("extra", WireJson.object().put("name", "USD Coin").put("version", "2"));
        return offer;
    }

    private static ObjectNode signed() {
        ObjectNode payload = WireJson.object().put("signature", "0x" + "cd".repeat(65));
        payload.set("authorization", WireJson.object().put("from", PAYER).put("to", SELLER).put("value", "90000")
                .put("validAfter", "0").put("validBefore", "1795300000").put("nonce", NONCE));
        return payload;
    }

    private static FacilitatorRequest read(int version, ObjectNode payload, ObjectNode offer) {
        ObjectNode json = WireJson.object().put("x402Version", version);
        json.set("paymentPayload", payload);
        json.set("paymentRequirements", offer);
        return read(json.toString());
    }

    private static FacilitatorRequest read(String json) {
        return ((Reading.Read) FacilitatorRequest.read(json.getBytes(StandardCharsets.UTF_8))).request();
    }
}
