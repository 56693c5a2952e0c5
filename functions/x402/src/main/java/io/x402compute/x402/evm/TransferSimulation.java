package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.x402compute.x402.evm.EvmChain.CallOutcome;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;

/** Would the token carry the transfer out now, and if not, why? */
public final class TransferSimulation {
    private final EvmChain chain;

    // Contracts do not lose their code, so one look per process is enough. Only assets of our own offers come here.
    private final Set<String> knownContracts = ConcurrentHashMap.newKeySet();

    public TransferSimulation(EvmChain chain) {
        this.chain = chain;
    }

    /** The reason why the transfer would fail, if it would. */
    public Optional<Rejection> obstacle(Payment payment) throws ChainUnavailable {
        String asset = Hex.lowerCase(payment.requirements().asset());
        if (!isContract(asset)) {
            // A call to an address without code succeeds and does nothing.
            return rejected(ExactEvmReason.ASSET_NOT_DEPLOYED, "no contract at " + asset);
        }
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009 signed -> transferObstacle(payment, signed.authorization());
            case SchemePayload.Solana elsewhere -> rejected(ExactEvmReason.NETWORK_MISMATCH, "signed for Solana");
        };
    }

    private Optional<Rejection> transferObstacle(Payment payment, Eip3009Authorization transfer)
            throws ChainUnavailable {
        List<CallOutcome> outcomes = outcomes(SettlingCalls.of(payment, chain));
        return switch (outcomes.getLast()) {
            case CallOutcome.Returned returned -> Optional.empty();
            case CallOutcome.Reverted transferFailed when outcomes
                    .getFirst() instanceof CallOutcome.Reverted(String why) && outcomes.size() > 1 ->
                rejected(ExactEvmReason.DEPLOYMENT_FAILED, why);
            case CallOutcome.Reverted(String why) -> rejected(diagnosis(transfer, payment.requirements()), why);
        };
    }

    /** The transfer's, and before it that of creating the payer's wallet where it has to be created. */
    private List<CallOutcome> outcomes(SettlingCalls calls) throws ChainUnavailable {
        if (calls.deployment().isEmpty()) {
            return List.of(chain.call(calls.transfer()));
        }
        List<CallOutcome> outcomes = Multicall3
                .outcomes(chain.call(Multicall3.each(calls.deployment().get(), calls.transfer())));
        CallOutcome nobody = new CallOutcome.Reverted("there is no Multicall3 on this chain");
        return outcomes.size() == 2 ? outcomes : List.of(nobody, nobody);
    }

    private boolean isContract(String asset) throws ChainUnavailable {
        if (!knownContracts.contains(asset)) {
            if (!chain.hasCode(asset)) {
                return false;
            }
            knownContracts.add(asset);
        }
        return true;
    }

    /** What stands in the way, in the order in which the reference looks. */
    private String diagnosis(Eip3009Authorization transfer, PaymentRequirements requirements) throws ChainUnavailable {
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
        Optional<BigInteger> balance = returned(asset, Eip3009Token.balanceOf(transfer.from())).flatMap(Abi::number);
        return balance.isPresent() && balance.get().compareTo(transfer.value()) < 0
                ? ExactEvmReason.INSUFFICIENT_BALANCE
                : ExactEvmReason.SIMULATION_FAILED;
    }

    private boolean differs(String asset, String question, String expected) throws ChainUnavailable {
        Optional<String> text = returned(asset, question).flatMap(Abi::text);
        return text.isPresent() && !text.get().equals(expected);
    }

    private Optional<String> returned(String asset, String question) throws ChainUnavailable {
        return switch (chain.call(asset, question)) {
            case CallOutcome.Returned(String data) -> Optional.of(data);
            case CallOutcome.Reverted reverted -> Optional.empty();
        };
    }

    private static Optional<Rejection> rejected(String reason, String message) {
        return Optional.of(new Rejection(reason, message));
    }
}
