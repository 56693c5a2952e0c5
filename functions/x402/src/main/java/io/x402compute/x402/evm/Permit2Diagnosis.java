package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Optional;

import io.x402compute.x402.evm.EvmChain.CallOutcome;
import io.x402compute.x402.protocol.Permit2Authorization;

/**
 * Why the proxy would not carry out a permit. The token's own refusal says nothing, so balance and allowance are asked
 * for. The nonce goes before both: a payment that was made is not one that lacks money.
 */
record Permit2Diagnosis(EvmChain chain) {
    /**
     * The reason of a refusal.
     *
     * @param needed how much of what is permitted was to be taken, in atomic units
     * @param why what the proxy reverts with
     */
    String of(Permit2Authorization permit, BigInteger needed, String why) throws ChainUnavailable {
        Optional<Boolean> spent = Permit2.isSpent(chain.call(Permit2.nonceBitmap(permit)), permit);
        if (spent.isEmpty()) {
            return Permit2Reason.PROXY_NOT_DEPLOYED;
        }
        if (spent.get()) {
            return Permit2Reason.INVALID_NONCE;
        }
        Optional<String> said = Permit2Reason.ofRevert(why);
        if (said.isPresent()) {
            return said.get();
        }
        if (isLess(new TokenBalance(chain, permit.token()).of(permit.from()), needed)) {
            return Permit2Reason.INSUFFICIENT_BALANCE;
        }
        if (isLess(allowance(permit), needed)) {
            return Permit2Reason.ALLOWANCE_REQUIRED;
        }
        return Permit2Reason.SIMULATION_FAILED;
    }

    private Optional<BigInteger> allowance(Permit2Authorization permit) throws ChainUnavailable {
        return switch (chain.call(Permit2.allowance(permit))) {
            case CallOutcome.Returned(String data) -> Abi.number(data);
            case CallOutcome.Reverted reverted -> Optional.empty();
        };
    }

    private static boolean isLess(Optional<BigInteger> actual, BigInteger needed) {
        return actual.filter(number -> number.compareTo(needed) < 0).isPresent();
    }
}
