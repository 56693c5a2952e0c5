package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Optional;

import io.x402compute.x402.evm.EvmChain.CallOutcome;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.PaymentRequirements;

/** Why a token would not carry out an authorization, in the order in which the reference looks. */
record Eip3009Diagnosis(EvmChain chain) {
    String of(Eip3009Authorization transfer, PaymentRequirements requirements) throws ChainUnavailable {
        String asset = requirements.asset();
        Optional<Boolean> spent = Eip3009Token.isSpent(chain.call(asset, Eip3009Token.authorizationState(transfer)));
        if (spent.isEmpty()) {
            return ExactEvmReason.EIP3009_NOT_SUPPORTED;
        }
        if (spent.get()) {
            return ExactEvmReason.NONCE_ALREADY_USED;
        }
        if (differs(asset, Eip3009Token.name(), requirements.extra().get("name"))) {
            return ExactEvmReason.TOKEN_NAME_MISMATCH;
        }
        if (differs(asset, Eip3009Token.version(), requirements.extra().get("version"))) {
            return ExactEvmReason.TOKEN_VERSION_MISMATCH;
        }
        Optional<BigInteger> balance = new TokenBalance(chain, asset).of(transfer.from());
        return balance.isPresent() && balance.get().compareTo(transfer.value()) < 0
                ? ExactEvmReason.INSUFFICIENT_BALANCE
                : ExactEvmReason.SIMULATION_FAILED;
    }

    private boolean differs(String asset, String question, String expected) throws ChainUnavailable {
        Optional<String> text = switch (chain.call(asset, question)) {
            case CallOutcome.Returned(String data) -> Abi.text(data);
            case CallOutcome.Reverted reverted -> Optional.empty();
        };
        return text.isPresent() && !text.get().equals(expected);
    }
}
