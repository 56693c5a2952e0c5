package io.x402compute.x402.evm;

import java.util.Optional;

import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.SchemePayload;

/**
 * What carries a payment out.
 *
 * @param deployment creates the payer's wallet, where it is not there yet (ERC-6492)
 * @param transfer moves the money
 */
public record SettlingCalls(Optional<ContractCall> deployment, ContractCall transfer) {

    /** As the chain stands now: a wallet that is there needs no more than the transfer. */
    public static SettlingCalls of(Payment payment, EvmChain chain) throws ChainUnavailable {
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009 signed -> new SettlingCalls(
                    deployment(Hex.bytes(signed.signature()), signed.payer(), chain),
                    new ContractCall(payment.requirements().asset(), Eip3009Token.transfer(signed)));
            case SchemePayload.Solana elsewhere -> throw new IllegalArgumentException("signed for Solana");
        };
    }

    /**
     * Both as one call, so that there is one transaction to be stored, sent and looked for. Anybody may create the wallet in between;
     * that must not stop the transfer, and the transfer alone decides.
     */
    public ContractCall inOne() {
        return deployment.map(before -> Multicall3.withPrelude(before, transfer)).orElse(transfer);
    }

    private static Optional<ContractCall> deployment(byte[] signature, String payer, EvmChain chain)
            throws ChainUnavailable {
        return Erc6492.wraps(signature) && !chain.hasCode(payer) ? Erc6492.deployment(signature) : Optional.empty();
    }
}
