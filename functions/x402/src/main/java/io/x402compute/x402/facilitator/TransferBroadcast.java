package io.x402compute.x402.facilitator;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.Eip3009Token;
import io.x402compute.x402.evm.EvmChain;
import io.x402compute.x402.evm.EvmChain.Broadcast;
import io.x402compute.x402.evm.EvmChain.Receipt;
import io.x402compute.x402.evm.ExactEvmReason;
import io.x402compute.x402.evm.UptoEvmReason;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;

/**
 * Hands a prepared transaction in and waits for it. Only a receipt decides: whatever a node says when it takes or refuses the
 * bytes, they may have reached the chain before, or by another way.
 */
final class TransferBroadcast {
    /** Base makes a block every two seconds and shows what will be in it every fifth of one. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final EvmChain chain;
    private final Clock clock;
    private final Pause pause;

    TransferBroadcast(EvmChain chain, Clock clock, Pause pause) {
        this.chain = chain;
        this.clock = clock;
        this.pause = pause;
    }

    Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
        if (handle.signedTransaction().isEmpty()) {
            return new Settlement.Unknown(handle.transaction(), "prepared for another facilitator");
        }
        Instant end = clock.instant().plus(patience);
        try {
            return switch (chain.send(handle.signedTransaction())) {
                case Broadcast.Accepted accepted -> await(payment, handle, end);
                case Broadcast.AlreadyKnown known -> await(payment, handle, end);
                case Broadcast.NumberUsed used -> look(payment, handle)
                        .orElseGet(() -> new Settlement.Outnumbered("number " + handle.signerNonce() + " was used"));
                // Another transaction of that number waits there, and may carry out the same transfer.
                case Broadcast.Underpriced underpriced -> await(payment, handle, end);
                case Broadcast.Refused(String why) -> look(payment, handle).orElseGet(() -> unknown(handle, why));
            };
        } catch (ChainUnavailable e) {
            // The question may have arrived and only the answer been lost.
            return await(payment, handle, end);
        }
    }

    private Settlement await(Payment payment, SettlementHandle handle, Instant end) {
        String why = "not mined yet";
        while (true) {
            try {
                Optional<Settlement> outcome = look(payment, handle);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            } catch (ChainUnavailable e) {
                why = e.getMessage();
            }
            if (!clock.instant().plus(BETWEEN_LOOKS).isBefore(end)) {
                return unknown(handle, why);
            }
            try {
                pause.until(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return unknown(handle, "interrupted");
            }
        }
    }

    /** The outcome, once the transaction is mined. */
    private Optional<Settlement> look(Payment payment, SettlementHandle handle) throws ChainUnavailable {
        return chain.receipt(handle.transaction()).map(receipt -> {
            if (!receipt.succeeded()) {
                String reason = payment.requirements().isMetered()
                        ? UptoEvmReason.TRANSACTION_FAILED
                        : ExactEvmReason.TRANSACTION_STATE;
                return new Settlement.Refused(reason, "the transaction was mined and reverted", handle.transaction());
            }
            return isTransferOf(payment, receipt)
                    ? new Settlement.Settled(handle.transaction(), payment.metered())
                    : new Settlement.Refused(ExactEvmReason.TRANSFER_EVENT_MISMATCH,
                            "the transaction succeeded without that transfer", handle.transaction());
        });
    }

    private static boolean isTransferOf(Payment payment, Receipt receipt) {
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009 signed -> receipt.logs().stream().anyMatch(
                    log -> Eip3009Token.isTransfer(log, payment.requirements().asset(), signed.authorization()));
            case SchemePayload.Permit2(Permit2Authorization permit, String signature) -> receipt.logs().stream()
                    .anyMatch(log -> Eip3009Token.isTransfer(log, permit.token(), permit.from(), permit.to(),
                            permit.amount()));
            case SchemePayload.Upto(Permit2Authorization permit, String facilitator, String signature) -> receipt.logs()
                    .stream().anyMatch(log -> Eip3009Token.isTransfer(log, permit.token(), permit.from(), permit.to(),
                            BigInteger.valueOf(payment.requirements().amount().micros())));
            case SchemePayload.Solana elsewhere -> false;
        };
    }

    private static Settlement unknown(SettlementHandle handle, String why) {
        return new Settlement.Unknown(handle.transaction(), why);
    }
}
