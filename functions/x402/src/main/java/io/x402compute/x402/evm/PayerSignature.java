package io.x402compute.x402.evm;

import java.util.List;
import java.util.Optional;

import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.generated.Bytes32;

import io.x402compute.x402.evm.EvmChain.CallOutcome;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.solana.ExactSvmReason;

/**
 * Did the payer sign? A plain key's signature tells by itself. An account with code, be it a contract or a key's account
 * delegated by EIP-7702, speaks for itself through ERC-1271 and in no other way, because the token asks it likewise.
 */
public final class PayerSignature {
    private static final String ERC1271_ACCEPTED = "0x1626ba7e" + "0".repeat(56);

    private final EvmChain chain;
    private final SmartWalletFactories factories;

    /** Wallets that are not there yet do not pay. */
    public PayerSignature(EvmChain chain) {
        this(chain, SmartWalletFactories.NONE);
    }

    /**
     * Wallets that are not there yet pay, if they can be created.
     *
     * @param factories that may create them
     */
    public PayerSignature(EvmChain chain, SmartWalletFactories factories) {
        this.chain = chain;
        this.factories = factories;
    }

    /** Whose signature it is. */
    public sealed interface Outcome {
        record Authentic() implements Outcome {}

        record Forged(String reason, String message) implements Outcome {}

        /** The chain had to be asked and did not answer. */
        record Unanswered(String why) implements Outcome {}
    }

    /**
     * Enough to recognise a payment that was verified before: its payer's own key needs no chain.
     *
     * <p>Never for a first verification: of an account with code it may accept what the token will not.
     */
    public Outcome checkKnown(Payment payment) {
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009 signed -> checkKnown(signed(payment, signed));
            case SchemePayload.Permit2 signed -> checkKnown(signed(payment, signed));
            case SchemePayload.Upto signed -> checkKnown(signed(payment, signed));
            case SchemePayload.Solana signed -> check(payment);
        };
    }

    /** As the token itself would judge. */
    public Outcome check(Payment payment) {
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009 signed -> judge(signed(payment, signed));
            case SchemePayload.Permit2 signed -> judge(signed(payment, signed));
            case SchemePayload.Upto signed -> judge(signed(payment, signed));
            // Solana's own rule needs no chain: whoever has to sign is in the message.
            case SchemePayload.Solana signed -> signed.payment().isSignedByPayer()
                    ? new Outcome.Authentic()
                    : forged(ExactSvmReason.SIGNATURE, "not signed by the payer");
        };
    }

    private Outcome checkKnown(Signed signed) {
        return isByOwnKey(signed) ? new Outcome.Authentic() : judge(signed);
    }

    private Outcome judge(Signed signed) {
        try {
            if (chain.hasCode(signed.payer())) {
                return isAccepted(chain.call(signed.question())) ? new Outcome.Authentic() : signed.notAccepted();
            }
            if (Erc6492.wraps(signed.signature())) {
                return signed.canBeCreatedOnTheWay()
                        ? judgeUndeployed(signed)
                        : forged(ExactEvmReason.UNDEPLOYED_WALLET, "the payer's wallet has to be there before");
            }
        } catch (ChainUnavailable e) {
            return new Outcome.Unanswered(e.getMessage());
        }
        return isByOwnKey(signed) ? new Outcome.Authentic() : forged(signed.reason(), "not signed by the payer");
    }

    /** Nobody else can say what a wallet accepts, so it is created and asked in one call that changes nothing. */
    private Outcome judgeUndeployed(Signed signed) throws ChainUnavailable {
        Optional<ContractCall> deployment = Erc6492.deployment(signed.signature());
        if (deployment.isEmpty()) {
            return forged(signed.reason(), "the signature is wrapped in nonsense");
        }
        Optional<Rejection> objection = factories.objection(deployment.get());
        if (objection.isPresent()) {
            return forged(objection.get().reason(), objection.get().message());
        }
        List<CallOutcome> outcomes = Multicall3
                .outcomes(chain.call(Multicall3.each(deployment.get(), signed.question())));
        if (outcomes.size() != 2) {
            return forged(ExactEvmReason.DEPLOYMENT_FAILED, "there is no Multicall3 on this chain");
        }
        if (outcomes.get(0) instanceof CallOutcome.Reverted(String why)) {
            return forged(ExactEvmReason.DEPLOYMENT_FAILED, why);
        }
        // A call to an address without code succeeds and returns nothing.
        if (outcomes.get(1).equals(new CallOutcome.Returned("0x"))) {
            return forged(ExactEvmReason.UNDEPLOYED_WALLET, "the factory makes another wallet than the payer's");
        }
        return isAccepted(outcomes.get(1)) ? new Outcome.Authentic() : signed.notAccepted();
    }

    private static boolean isAccepted(CallOutcome answer) {
        return switch (answer) {
            case CallOutcome.Returned(String data) -> Abi.word(data).filter(ERC1271_ACCEPTED::equals).isPresent();
            case CallOutcome.Reverted reverted -> false;
        };
    }

    private static boolean isByOwnKey(Signed signed) {
        return EcdsaSignature.ofTokenCall(signed.signature())
                .flatMap(signature -> Ecdsa.fastest().signer(signed.digest(), signature))
                .filter(signed.payer()::equals).isPresent();
    }

    private static Signed signed(Payment payment, SchemePayload.Eip3009 signed) {
        TokenDomain domain = TokenDomain.of(payment.requirements())
                .orElseThrow(() -> new IllegalArgumentException("the offer has no domain"));
        return new Signed(signed.payer(), Hex.bytes(signed.signature()),
                TransferDigest.of(domain, signed.authorization()), ExactEvmReason.SIGNATURE, true);
    }

    private static Signed signed(Payment payment, SchemePayload.Permit2 signed) {
        return new Signed(signed.payer(), Hex.bytes(signed.signature()),
                Permit2.digest(payment.requirements().network().chainId(), signed.authorization()),
                Permit2Reason.SIGNATURE, true);
    }

    private static Signed signed(Payment payment, SchemePayload.Upto signed) {
        return new Signed(signed.payer(), Hex.bytes(signed.signature()),
                Permit2.uptoDigest(payment.requirements().network().chainId(), signed.authorization(),
                        signed.facilitator()),
                Permit2Reason.SIGNATURE, false);
    }

    private static Outcome forged(String reason, String message) {
        return new Outcome.Forged(reason, message);
    }

    /**
     * What the payer is said to have signed.
     *
     * @param reason what is said if the payer has not
     * @param canBeCreatedOnTheWay whether what carries it out may be called by a contract, which first creates the wallet
     */
    private record Signed(String payer, byte[] signature, byte[] digest, String reason,
            boolean canBeCreatedOnTheWay) {
        /** For an account with code. */
        ContractCall question() {
            return new ContractCall(payer, Abi.call("isValidSignature", new Bytes32(digest),
                    new DynamicBytes(Erc6492.unwrapped(signature))));
        }

        Outcome notAccepted() {
            return forged(reason, "the payer's account does not accept the signature");
        }
    }
}
