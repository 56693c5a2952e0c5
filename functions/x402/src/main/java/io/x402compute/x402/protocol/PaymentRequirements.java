package io.x402compute.x402.protocol;

import java.util.Map;

/**
 * One way to pay for a resource: the terms a payer signs against. Both versions' wire forms are made from this one.
 *
 * @param scheme {@code exact}
 * @param network the chain the transfer happens on
 * @param amount what is transferred, exactly
 * @param asset the token: a checksummed EVM contract address or an SPL mint
 * @param payTo the receiver: a checksummed EVM address or a Solana owner (not its token account)
 * @param maxTimeoutSeconds how long the offer holds
 * @param extra scheme data, sent as it is: on EVM the token's EIP-712 domain {@code name} and {@code version}
 */
public record PaymentRequirements(
        String scheme,
        Network network,
        Usdc amount,
        String asset,
        String payTo,
        int maxTimeoutSeconds,
        Map<String, String> extra) {
    public static final String EXACT = "exact";

    public PaymentRequirements {
        extra = Map.copyOf(extra);
    }

    public PaymentRequirements withAmount(Usdc other) {
        return new PaymentRequirements(scheme, network, other, asset, payTo, maxTimeoutSeconds, extra);
    }
}
