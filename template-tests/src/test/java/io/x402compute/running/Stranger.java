package io.x402compute.running;

import io.x402compute.local.chain.LocalEvm;
import io.x402compute.x402.evm.Eip3009Token;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.SchemePayload;

/** Somebody who has seen a payment, and broadcasts it himself: the token asks who signed, not who sends. */
record Stranger(LocalEvm chain) {
    private static final long MORE_THAN_ANYBODY = 5_000_000_000L;

    /** Broadcasts it, and waits until it is mined. */
    void broadcasts(PaymentPayload payment) {
        chain.callToken(call(payment));
    }

    /** Hands it in and offers so much that it will be mined first. */
    void submits(PaymentPayload payment) {
        chain.submitToToken(call(payment), MORE_THAN_ANYBODY);
    }

    static String call(PaymentPayload payment) {
        return switch (payment.schemePayload()) {
            case SchemePayload.Eip3009 signed -> Eip3009Token.transfer(signed);
            case SchemePayload.Upto other -> throw new IllegalArgumentException("not by EIP-3009");
            case SchemePayload.Permit2 other -> throw new IllegalArgumentException("not by EIP-3009");
            case SchemePayload.Solana elsewhere -> throw new IllegalArgumentException("not on Base");
        };
    }
}
