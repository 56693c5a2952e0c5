package io.x402compute.order;

import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.SchemePayload;

/** Payments whose signature is real and whose content is not. */
final class Forgeries {
    private Forgeries() {}

    static SchemePayload signedBy(PaymentPayload claimed, PaymentPayload signed) {
        SchemePayload.Eip3009 content = (SchemePayload.Eip3009) claimed.schemePayload();
        SchemePayload.Eip3009 signature = (SchemePayload.Eip3009) signed.schemePayload();
        return new SchemePayload.Eip3009(content.authorization(), signature.signature());
    }
}
