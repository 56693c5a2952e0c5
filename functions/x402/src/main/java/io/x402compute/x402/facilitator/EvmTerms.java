package io.x402compute.x402.facilitator;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.ExactEvmReason;
import io.x402compute.x402.evm.ExactEvmTerms;
import io.x402compute.x402.evm.Rejection;
import io.x402compute.x402.evm.UptoEvmReason;
import io.x402compute.x402.evm.UptoEvmTerms;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;

/**
 * What payments have to say to be settled on one network, each by the rules of the scheme that was offered.
 *
 * @param settler who settles, whom payers by {@code upto} have to name
 */
record EvmTerms(Network network, Supplier<EvmWallet> settler, Clock clock) {

    /** What comes before the question who signed. */
    Optional<Rejection> form(Payment payment) {
        return (payment.requirements().isMetered()
                ? UptoEvmTerms.checkForm(payment, settler.get().address(), clock.instant())
                : ExactEvmTerms.checkForm(payment, clock.instant())).or(() -> otherNetwork(payment));
    }

    /** What comes after it. */
    Optional<Rejection> transfer(Payment payment) {
        return payment.requirements().isMetered()
                ? UptoEvmTerms.checkTransfer(payment, clock.instant())
                : ExactEvmTerms.checkTransfer(payment, clock.instant());
    }

    /** All of it, when it is settled. */
    Optional<Rejection> settlement(Payment payment) {
        return (payment.requirements().isMetered()
                ? UptoEvmTerms.checkSettlement(payment, settler.get().address(), clock.instant())
                : ExactEvmTerms.check(payment, clock.instant())).or(() -> otherNetwork(payment));
    }

    private Optional<Rejection> otherNetwork(Payment payment) {
        String reason = payment.requirements().isMetered()
                ? UptoEvmReason.NETWORK_MISMATCH
                : ExactEvmReason.NETWORK_MISMATCH;
        return payment.requirements().network().equals(network)
                ? Optional.empty()
                : Optional.of(new Rejection(reason, "only " + network.caip2()));
    }
}
