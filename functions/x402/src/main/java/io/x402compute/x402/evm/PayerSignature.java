package io.x402compute.x402.evm;

import java.util.List;
import java.util.Optional;

import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.generated.Bytes32;

import io.x402compute.x402.evm.EvmChain.CallOutcome;
import io.x402compute.x402.protocol.Eip3009Authorization;
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
    private static final String NOT_ACCEPTED = "the payer's account does not accept the signature";

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
            case SchemePayload.Eip3009 signed -> isByOwnKey(signed, digest(payment, signed))
                    ? new Outcome.Authentic()
                    : check(payment);
            case SchemePayload.Solana signed -> check(payment);
        };
    }

    /** As the token itself would judge. */
    public Outcome check(Payment payment) {
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009 signed -> judge(signed, digest(payment, signed));
            // Solana's own rule needs no chain: whoever has to sign is in the message.
            case SchemePayload.Solana signed -> signed.payment().isSignedByPayer()
                    ? new Outcome.Authentic()
                    : forged(ExactSvmReason.SIGNATURE, "not signed by the payer");
        };
    }

    private Outcome judge(SchemePayload.Eip3009 signed, byte[] digest) {
        byte[] signature = bytes(signed);
        String payer = signed.payer();
        try {
            if (chain.hasCode(payer)) {
                return isAcceptedBy(payer, digest, Erc6492.unwrapped(signature))
                        ? new Outcome.Authentic()
                        : forged(ExactEvmReason.SIGNATURE, NOT_ACCEPTED);
            }
            if (Erc6492.wraps(signature)) {
                return judgeUndeployed(payer, digest, signature);
            }
        } catch (ChainUnavailable e) {
            return new Outcome.Unanswered(e.getMessage());
        }
        return isByOwnKey(signed, digest)
                ? new Outcome.Authentic()
                : forged(ExactEvmReason.SIGNATURE, "not signed by the payer");
    }

    /** Nobody else can say what a wallet accepts, so it is created and asked in one call that changes nothing. */
    private Outcome judgeUndeployed(String payer, byte[] digest, byte[] signature) throws ChainUnavailable {
        Optional<ContractCall> deployment = Erc6492.deployment(signature);
        if (deployment.isEmpty()) {
            return forged(ExactEvmReason.SIGNATURE, "the signature is wrapped in nonsense");
        }
        Optional<Rejection> objection = factories.objection(deployment.get());
        if (objection.isPresent()) {
            return forged(objection.get().reason(), objection.get().message());
        }
        List<CallOutcome> outcomes = Multicall3.outcomes(chain.call(Multicall3.each(deployment.get(),
                isValidSignature(payer, digest, Erc6492.unwrapped(signature)))));
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
        return isAccepted(outcomes.get(1))
                ? new Outcome.Authentic()
                : forged(ExactEvmReason.SIGNATURE, NOT_ACCEPTED);
    }

    private boolean isAcceptedBy(String account, byte[] digest, byte[] signature) throws ChainUnavailable {
        return isAccepted(chain.call(isValidSignature(account, digest, signature)));
    }

    private static ContractCall isValidSignature(String account, byte[] digest, byte[] signature) {
        return new ContractCall(account,
                Abi.call("isValidSignature", new Bytes32(digest), new DynamicBytes(signature)));
    }

    private static boolean isAccepted(CallOutcome answer) {
        return switch (answer) {
            case CallOutcome.Returned(String data) -> Abi.word(data).filter(ERC1271_ACCEPTED::equals).isPresent();
            case CallOutcome.Reverted reverted -> false;
        };
    }

    private static boolean isByOwnKey(SchemePayload.Eip3009 signed, byte[] digest) {
        return EcdsaSignature.ofTokenCall(bytes(signed))
                .flatMap(signature -> Ecdsa.fastest().signer(digest, signature))
                .filter(signed.payer()::equals).isPresent();
    }

    private static byte[] digest(Payment payment, SchemePayload.Eip3009 signed) {
        Eip3009Authorization transfer = signed.authorization();
        Optional<TokenDomain> domain = TokenDomain.of(payment.requirements());
        return TransferDigest.of(domain.orElseThrow(() -> new IllegalArgumentException("the offer has no domain")),
                transfer);
    }

    private static byte[] bytes(SchemePayload.Eip3009 signed) {
        return Hex.bytes(signed.signature());
    }

    private static Outcome forged(String reason, String message) {
        return new Outcome.Forged(reason, message);
    }
}
