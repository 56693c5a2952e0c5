package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.SchemePayload;

/**
 * The part of judging an {@code upto} payment on an EVM chain that needs nothing but the payment and the offer, in the
 * reference's order. It is judged twice: with the maximum before the work, and with what is to be taken after it.
 */
public final class UptoEvmTerms {
    private UptoEvmTerms() {}

    /**
     * What comes before the question who signed, of a payment whose offer names the maximum.
     *
     * @param facilitator who would settle it
     */
    public static Optional<Rejection> checkForm(Payment payment, String facilitator, Instant now) {
        return check(payment, facilitator, now, permit -> Permit2Terms.amount(permit, payment.requirements())
                .or(() -> Permit2Terms.token(permit, payment.requirements())));
    }

    /** What comes after it: an approval that comes with the payment. */
    public static Optional<Rejection> checkTransfer(Payment payment, Instant now) {
        return Eip2612Terms.check(payment, now);
    }

    /**
     * All that has to hold when so much is taken as the offer names by then.
     *
     * @param facilitator who settles it
     */
    public static Optional<Rejection> checkSettlement(Payment payment, String facilitator, Instant now) {
        return check(payment, facilitator, now, permit -> Permit2Terms.token(permit, payment.requirements())
                .or(() -> checkTransfer(payment, now))
                .or(() -> taken(permit, payment.requirements())));
    }

    /** What a permit has to say of the money, the rest being as it should be. */
    private interface MoneyTerms {
        Optional<Rejection> check(Permit2Authorization permit);
    }

    private static Optional<Rejection> check(Payment payment, String facilitator, Instant now, MoneyTerms money) {
        PaymentRequirements requirements = payment.requirements();
        if (!requirements.isMetered() || !payment.payload().scheme().equals(PaymentRequirements.UPTO)) {
            return rejected(UptoEvmReason.SCHEME, "only the upto scheme is accepted");
        }
        if (!payment.payload().network().equals(requirements.network())) {
            return rejected(UptoEvmReason.NETWORK_MISMATCH,
                    "signed for another network than " + requirements.network().caip2());
        }
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Upto signed when requirements.asksFor(signed) -> Permit2Terms
                    .parties(signed.authorization(), UptoPermit2Proxy.ADDRESS, requirements)
                    .or(() -> settler(signed, facilitator))
                    .or(() -> Permit2Terms.time(signed.authorization(), now))
                    .or(() -> money.check(signed.authorization()))
                    .or(() -> form(signed));
            case SchemePayload.Upto signed -> unsupported();
            case SchemePayload.Permit2 exact -> unsupported();
            case SchemePayload.Eip3009 exact -> unsupported();
            case SchemePayload.Solana exact -> unsupported();
        };
    }

    private static Optional<Rejection> settler(SchemePayload.Upto signed, String facilitator) {
        return signed.facilitator().equalsIgnoreCase(facilitator)
                ? Optional.empty()
                : rejected(UptoEvmReason.FACILITATOR_MISMATCH, "only " + facilitator + " settles here");
    }

    private static Optional<Rejection> form(SchemePayload.Upto signed) {
        return Hex.isBytes(signed.signature())
                ? Optional.empty()
                : rejected(Permit2Reason.SIGNATURE, "the signature is not 0x and hex");
    }

    private static Optional<Rejection> taken(Permit2Authorization permit, PaymentRequirements requirements) {
        return BigInteger.valueOf(requirements.amount().micros()).compareTo(permit.amount()) <= 0
                ? Optional.empty()
                : rejected(UptoEvmReason.EXCEEDS_AMOUNT, "no more than " + permit.amount() + " was signed");
    }

    private static Optional<Rejection> unsupported() {
        return rejected(Reasons.UNSUPPORTED_PAYLOAD_TYPE, "the scheme upto is paid by a permit of Permit2 for it");
    }

    private static Optional<Rejection> rejected(String reason, String message) {
        return Optional.of(new Rejection(reason, message));
    }
}
