package io.x402compute.x402.extension;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.Vectors;
import io.x402compute.x402.protocol.WireJson;

/** The sample payment with extensions. */
final class Extended {
    private Extended() {}

    static PaymentPayload by(Map<String, ObjectNode> extensions) {
        return by(WireJson.object().<ObjectNode>setAll(extensions));
    }

    static PaymentPayload by(byte[] extensions) {
        return by(WireJson.parse(extensions).orElseThrow());
    }

    private static PaymentPayload by(ObjectNode extensions) {
        PaymentPayload plain = Vectors.version2();
        return new PaymentPayload(2, plain.scheme(), plain.network(), plain.schemePayload(), plain.resource(),
                plain.accepted(), Optional.of(extensions));
    }
}
