package io.x402compute.payment;

import java.util.Optional;

import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.protocol.Payment;

/**
 * Money on its way back on the chain: a payment in the other direction.
 *
 * @param transfer what the refund wallet has signed; until then nothing can move
 * @param handle what its settlement is known by; empty until prepared, and after a try that came to nothing
 * @param transaction its hash: expected, or proven once REFUNDED; empty where it is not known
 * @param trouble why the last try came to nothing, a machine code; empty otherwise
 */
public record Refund(
        Optional<Payment> transfer,
        Optional<SettlementHandle> handle,
        String transaction,
        String trouble) {
    static final Refund PLANNED = new Refund(Optional.empty(), Optional.empty(), "", "");

    Refund signed(Payment next) {
        return new Refund(Optional.of(next), Optional.empty(), "", trouble);
    }

    Refund prepared(SettlementHandle next) {
        return new Refund(transfer, Optional.of(next), next.transaction(), trouble);
    }

    Refund sentAs(String hash) {
        return hash.isEmpty() ? this : new Refund(transfer, handle, hash, trouble);
    }

    Refund held(String why) {
        return new Refund(transfer, Optional.empty(), "", why);
    }

    Refund done(String proven) {
        return new Refund(transfer, Optional.empty(), proven, "");
    }
}
