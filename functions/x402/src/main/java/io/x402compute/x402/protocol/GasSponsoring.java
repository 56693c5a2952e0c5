package io.x402compute.x402.protocol;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The extension {@code eip2612GasSponsoring} of version 2: whoever settles hands in the payer's approval of Permit2
 * with the payment.
 */
public sealed interface GasSponsoring {
    String EXTENSION = "eip2612GasSponsoring";

    /** Nothing was signed; a seller's own words that are only sent back are that, too. */
    record None() implements GasSponsoring {}

    record Malformed() implements GasSponsoring {}

    record Signed(Eip2612Permit permit) implements GasSponsoring {}

    /** What a payment brings with it. */
    static GasSponsoring in(PaymentPayload payload) {
        Optional<ObjectNode> info = payload.extensions().flatMap(all -> WireJson.object(all, EXTENSION))
                .flatMap(extension -> WireJson.object(extension, "info"))
                .filter(signed -> List
                        .of("from", "asset", "spender", "amount", "nonce", "deadline", "signature", "version")
                        .stream().allMatch(signed::hasNonNull));
        if (info.isEmpty()) {
            return new None();
        }
        ObjectNode signed = info.get();
        try {
            return new Signed(new Eip2612Permit(EvmFields.address(signed, "from"), EvmFields.address(signed, "asset"),
                    EvmFields.address(signed, "spender"), EvmFields.number(signed, "amount"),
                    EvmFields.number(signed, "nonce"), EvmFields.number(signed, "deadline"),
                    EvmFields.bytes(signed, "signature")));
        } catch (MalformedPayment malformed) {
            return new Malformed();
        }
    }
}
