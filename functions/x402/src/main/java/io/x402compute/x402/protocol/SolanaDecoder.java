package io.x402compute.x402.protocol;

import java.util.Base64;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.solana.ExactSvmReason;
import io.x402compute.x402.solana.SvmRefusal;
import io.x402compute.x402.solana.TransferTransaction;

/** The {@code payload} of an exact payment on Solana. */
final class SolanaDecoder {
    private SolanaDecoder() {}

    static SchemePayload.Solana decode(ObjectNode payload) throws MalformedPayment {
        return switch (TransferTransaction.read(bytes(payload))) {
            case TransferTransaction.Reading.Read(TransferTransaction payment) -> new SchemePayload.Solana(payment);
            case TransferTransaction.Reading.Refused(SvmRefusal refusal) ->
                throw new MalformedPayment(refusal.reason());
        };
    }

    private static byte[] bytes(ObjectNode payload) throws MalformedPayment {
        String text = WireJson.text(payload, "transaction").orElseThrow(SolanaDecoder::invalid);
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            // The decoder forgives missing padding and stray last bits.
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // Refused below, like base64 of another kind.
        }
        throw invalid();
    }

    private static MalformedPayment invalid() {
        return new MalformedPayment(ExactSvmReason.INVALID_TRANSACTION);
    }
}
