package io.x402compute.x402.evm;

import java.util.Optional;

import io.x402compute.x402.protocol.Eip2612Permit;
import io.x402compute.x402.protocol.GasSponsoring;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

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
            case SchemePayload.Permit2 signed -> new SettlingCalls(
                    deployment(Hex.bytes(signed.signature()), signed.payer(), chain), settle(payment, signed));
            // Its proxy obeys the facilitator alone, so no other contract can create a wallet and call it in one.
            case SchemePayload.Upto signed -> new SettlingCalls(Optional.empty(), settle(payment, signed));
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

    private static ContractCall settle(Payment payment, SchemePayload.Permit2 signed) {
        return switch (GasSponsoring.in(payment.payload())) {
            case GasSponsoring.Signed(Eip2612Permit approval) -> Permit2Proxy.settleWithPermit(approval, signed);
            case GasSponsoring.None none -> Permit2Proxy.settle(signed);
            case GasSponsoring.Malformed malformed -> throw new IllegalArgumentException("not understood");
        };
    }

    private static ContractCall settle(Payment payment, SchemePayload.Upto signed) {
        Usdc amount = payment.requirements().amount();
        return switch (GasSponsoring.in(payment.payload())) {
            case GasSponsoring.Signed(Eip2612Permit approval) -> UptoPermit2Proxy.settleWithPermit(approval, signed,
                    amount);
            case GasSponsoring.None none -> UptoPermit2Proxy.settle(signed, amount);
            case GasSponsoring.Malformed malformed -> throw new IllegalArgumentException("not understood");
        };
    }

    private static Optional<ContractCall> deployment(byte[] signature, String payer, EvmChain chain)
            throws ChainUnavailable {
        return Erc6492.wraps(signature) && !chain.hasCode(payer) ? Erc6492.deployment(signature) : Optional.empty();
    }
}
