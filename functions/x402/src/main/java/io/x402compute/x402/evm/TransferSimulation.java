package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.x402compute.x402.evm.EvmChain.CallOutcome;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.SchemePayload;

/** Would the payment be carried out now, and if not, why? */
public final class TransferSimulation {
    private final EvmChain chain;
    // Contracts do not lose their code, so one look per process is enough. Only assets of our own offers come here.
    private final Set<String> knownContracts = ConcurrentHashMap.newKeySet();

    public TransferSimulation(EvmChain chain) {
        this.chain = chain;
    }

    /** The reason why the transfer would fail, if it would. */
    public Optional<Rejection> obstacle(Payment payment) throws ChainUnavailable {
        // A call to an address without code succeeds and does nothing.
        String asset = Hex.lowerCase(payment.requirements().asset());
        if (!isContract(asset)) {
            return rejected(ExactEvmReason.ASSET_NOT_DEPLOYED, "no contract at " + asset);
        }
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009 signed -> obstacle(outcomes(SettlingCalls.of(payment, chain)),
                    why -> new Eip3009Diagnosis(chain).of(signed.authorization(), payment.requirements()));
            case SchemePayload.Permit2 signed when !isContract(Hex.lowerCase(Permit2Proxy.ADDRESS)) ->
                rejected(Permit2Reason.PROXY_NOT_DEPLOYED, "no contract at " + Permit2Proxy.ADDRESS);
            case SchemePayload.Permit2 signed -> obstacle(outcomes(SettlingCalls.of(payment, chain)),
                    why -> new Permit2Diagnosis(chain).of(signed.authorization(), signed.authorization().amount(),
                            why));
            case SchemePayload.Upto signed when !isContract(Hex.lowerCase(UptoPermit2Proxy.ADDRESS)) ->
                rejected(Permit2Reason.PROXY_NOT_DEPLOYED, "no contract at " + UptoPermit2Proxy.ADDRESS);
            // The proxy obeys nobody else.
            case SchemePayload.Upto signed -> obstacle(
                    List.of(chain.callFrom(signed.facilitator(), SettlingCalls.of(payment, chain).transfer())),
                    why -> new Permit2Diagnosis(chain).of(signed.authorization(),
                            BigInteger.valueOf(payment.requirements().amount().micros()), why));
            case SchemePayload.Solana elsewhere -> rejected(ExactEvmReason.NETWORK_MISMATCH, "signed for Solana");
        };
    }

    private static Optional<Rejection> obstacle(List<CallOutcome> outcomes, Diagnosis diagnosis)
            throws ChainUnavailable {
        return switch (outcomes.getLast()) {
            case CallOutcome.Returned returned -> Optional.empty();
            case CallOutcome.Reverted transferFailed when outcomes.size() > 1
                    && outcomes.getFirst() instanceof CallOutcome.Reverted(String why) ->
                rejected(ExactEvmReason.DEPLOYMENT_FAILED, why);
            case CallOutcome.Reverted(String why) -> rejected(diagnosis.of(why), why);
        };
    }

    /** The reason for a transfer that reverts with that. */
    private interface Diagnosis {
        String of(String why) throws ChainUnavailable;
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

    private boolean isContract(String address) throws ChainUnavailable {
        if (!knownContracts.contains(address)) {
            if (!chain.hasCode(address)) {
                return false;
            }
            knownContracts.add(address);
        }
        return true;
    }

    private static Optional<Rejection> rejected(String reason, String message) {
        return Optional.of(new Rejection(reason, message));
    }
}
