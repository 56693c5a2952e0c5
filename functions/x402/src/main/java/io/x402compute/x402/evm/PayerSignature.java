package io.x402compute.x402.evm;

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

    private final EvmChain chain;

    public PayerSignature(EvmChain chain) {
        this.chain = chain;
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
                        : forged(ExactEvmReason.SIGNATURE, "the payer's account does not accept the signature");
            }
        } catch (ChainUnavailable e) {
            return new Outcome.Unanswered(e.getMessage());
        }
        if (Erc6492.wraps(signature)) {
            return forged(ExactEvmReason.UNDEPLOYED_WALLET, "the payer's wallet is not deployed yet");
        }
        return isByOwnKey(signed, digest)
                ? new Outcome.Authentic()
                : forged(ExactEvmReason.SIGNATURE, "not signed by the payer");
    }

    private boolean isAcceptedBy(String account, byte[] digest, byte[] signature) throws ChainUnavailable {
        String question = Abi.call("isValidSignature", new Bytes32(digest), new DynamicBytes(signature));
        return switch (chain.call(account, question)) {
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
