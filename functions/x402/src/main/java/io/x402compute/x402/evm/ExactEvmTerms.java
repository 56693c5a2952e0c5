package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.SchemePayload;

/**
 * The part of verifying an {@code exact} payment on an EVM chain that needs nothing but the payment and the offer, in the
 * reference's order. Who signed, and whether the token would obey, is asked elsewhere.
 */
public final class ExactEvmTerms {
    /** A transfer that expires sooner than this would not be mined in time. */
    static final Duration TIME_TO_SETTLE = Duration.ofSeconds(6);
    private static final int NONCE = 32;
    private static final String METERED = "signed for the scheme upto";

    private ExactEvmTerms() {}

    /** The first term the payment breaks, if any. */
    public static Optional<Rejection> check(Payment payment, Instant now) {
        return checkForm(payment, now).or(() -> checkTransfer(payment, now));
    }

    /**
     * What comes before the question who signed: scheme, domain, network, kind of payment, and the forms of signature
     * and nonce; of Permit2 all of it but an approval that comes with it.
     */
    public static Optional<Rejection> checkForm(Payment payment, Instant now) {
        PaymentRequirements requirements = payment.requirements();
        if (!requirements.scheme().equals(PaymentRequirements.EXACT)
                || !payment.payload().scheme().equals(PaymentRequirements.EXACT)) {
            return rejected(ExactEvmReason.SCHEME, "only the exact scheme is accepted");
        }
        if (!requirements.isByPermit2() && TokenDomain.of(requirements).isEmpty()) {
            return rejected(ExactEvmReason.MISSING_DOMAIN, "the offer names no EIP-712 domain");
        }
        if (!payment.payload().network().equals(requirements.network())) {
            return rejected(ExactEvmReason.NETWORK_MISMATCH,
                    "signed for another network than " + requirements.network().caip2());
        }
        SchemePayload payload = payment.payload().schemePayload();
        return switch (payload) {
            case SchemePayload.Eip3009 signed when !requirements.asksFor(signed) -> rejected(
                    Reasons.UNSUPPORTED_PAYLOAD_TYPE, "the offer is for a permit of Permit2");
            case SchemePayload.Eip3009(Eip3009Authorization transfer, String signature) -> form(transfer, signature);
            case SchemePayload.Permit2 signed when !requirements.asksFor(signed) -> rejected(
                    Reasons.UNSUPPORTED_PAYLOAD_TYPE, "the offer is for an authorization by EIP-3009");
            case SchemePayload.Permit2(Permit2Authorization permit, String signature) ->
                Permit2Terms.check(permit, requirements, now)
                        .or(() -> Hex.isBytes(signature) ? Optional.empty() : illegible());
            case SchemePayload.Upto other -> rejected(Reasons.UNSUPPORTED_PAYLOAD_TYPE, METERED);
            case SchemePayload.Solana elsewhere -> rejected(ExactEvmReason.NETWORK_MISMATCH, "signed for Solana");
        };
    }

    /** What comes after it: recipient, validity and value. */
    public static Optional<Rejection> checkTransfer(Payment payment, Instant now) {
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Permit2(Permit2Authorization permit, String signature) ->
                Permit2Terms.check(permit, payment.requirements(), now).or(() -> Eip2612Terms.check(payment, now));
            case SchemePayload.Upto other -> rejected(Reasons.UNSUPPORTED_PAYLOAD_TYPE, METERED);
            case SchemePayload.Eip3009 signed -> transfer(signed.authorization(), payment.requirements(), now);
            case SchemePayload.Solana elsewhere -> rejected(ExactEvmReason.NETWORK_MISMATCH, "signed for Solana");
        };
    }

    private static Optional<Rejection> form(Eip3009Authorization authorization, String signature) {
        byte[] bytes;
        try {
            bytes = Hex.bytes(signature);
        } catch (IllegalArgumentException notHex) {
            return illegible();
        }
        if (bytes.length == EcdsaSignature.LENGTH && EcdsaSignature.ofTokenCall(bytes).isEmpty()) {
            return rejected(ExactEvmReason.SIGNATURE, "the token takes only v of 27 or 28 and s in its lower half");
        }
        String nonce = authorization.nonce();
        if (!Hex.isBytes(nonce, NONCE) || !nonce.equals(Hex.lowerCase(nonce))) {
            return rejected(ExactEvmReason.PAYLOAD, "the nonce is not 32 bytes");
        }
        return Optional.empty();
    }

    private static Optional<Rejection> illegible() {
        return rejected(ExactEvmReason.UNPARSABLE_SIGNATURE, "the signature is not 0x and hex");
    }

    private static Optional<Rejection> transfer(
            Eip3009Authorization authorization, PaymentRequirements requirements, Instant now) {
        if (!authorization.to().equalsIgnoreCase(requirements.payTo())) {
            return rejected(ExactEvmReason.RECIPIENT_MISMATCH, "the transfer must go to " + requirements.payTo());
        }
        if (authorization.validBefore().compareTo(seconds(now.plus(TIME_TO_SETTLE))) < 0) {
            return rejected(ExactEvmReason.VALID_BEFORE, "validBefore is less than 6 seconds from now");
        }
        if (authorization.validAfter().compareTo(seconds(now)) > 0) {
            return rejected(ExactEvmReason.VALID_AFTER, "validAfter lies in the future");
        }
        if (!authorization.value().equals(BigInteger.valueOf(requirements.amount().micros()))) {
            return rejected(ExactEvmReason.VALUE_MISMATCH,
                    "the value must be exactly " + requirements.amount().atomicUnits());
        }
        return Optional.empty();
    }

    private static BigInteger seconds(Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond());
    }

    private static Optional<Rejection> rejected(String reason, String message) {
        return Optional.of(new Rejection(reason, message));
    }
}
