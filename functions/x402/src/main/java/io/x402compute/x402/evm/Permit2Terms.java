package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;

/** What a permit has to say to pay an offer, in the reference's order. */
final class Permit2Terms {
    private Permit2Terms() {}

    /** All of it, for an offer of the scheme {@code exact}. */
    static Optional<Rejection> check(Permit2Authorization permit, PaymentRequirements requirements, Instant now) {
        return parties(permit, Permit2Proxy.ADDRESS, requirements)
                .or(() -> time(permit, now))
                .or(() -> amount(permit, requirements))
                .or(() -> token(permit, requirements));
    }

    /** Who may use it, and for whom. */
    static Optional<Rejection> parties(Permit2Authorization permit, String proxy, PaymentRequirements requirements) {
        if (!permit.spender().equalsIgnoreCase(proxy)) {
            return rejected(Permit2Reason.SPENDER, "the permit must be for " + proxy);
        }
        return permit.to().equalsIgnoreCase(requirements.payTo())
                ? Optional.empty()
                : rejected(Permit2Reason.RECIPIENT_MISMATCH, "the transfer must go to " + requirements.payTo());
    }

    static Optional<Rejection> time(Permit2Authorization permit, Instant now) {
        if (permit.deadline().compareTo(seconds(now.plus(ExactEvmTerms.TIME_TO_SETTLE))) < 0) {
            return rejected(Permit2Reason.DEADLINE_EXPIRED, "the deadline is less than 6 seconds from now");
        }
        return permit.validAfter().compareTo(seconds(now)) > 0
                ? rejected(Permit2Reason.NOT_YET_VALID, "validAfter lies in the future")
                : Optional.empty();
    }

    static Optional<Rejection> amount(Permit2Authorization permit, PaymentRequirements requirements) {
        return permit.amount().equals(BigInteger.valueOf(requirements.amount().micros()))
                ? Optional.empty()
                : rejected(Permit2Reason.AMOUNT_MISMATCH,
                        "the amount must be exactly " + requirements.amount().atomicUnits());
    }

    static Optional<Rejection> token(Permit2Authorization permit, PaymentRequirements requirements) {
        return permit.token().equalsIgnoreCase(requirements.asset())
                ? Optional.empty()
                : rejected(Permit2Reason.TOKEN_MISMATCH, "the token must be " + requirements.asset());
    }

    private static BigInteger seconds(Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond());
    }

    private static Optional<Rejection> rejected(String reason, String message) {
        return Optional.of(new Rejection(reason, message));
    }
}
