package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Optional;

import io.x402compute.x402.evm.EvmChain.CallOutcome;

/** What accounts hold of a token. */
public final class TokenBalance {
    private final EvmChain chain;
    private final String asset;

    /** @param asset the token's contract */
    public TokenBalance(EvmChain chain, String asset) {
        this.chain = chain;
        this.asset = asset;
    }

    /** In the token's smallest unit; empty where there is no such token. */
    public Optional<BigInteger> of(String account) throws ChainUnavailable {
        return switch (chain.call(asset, Eip3009Token.balanceOf(account))) {
            case CallOutcome.Returned(String data) -> Abi.number(data);
            case CallOutcome.Reverted reverted -> Optional.empty();
        };
    }
}
