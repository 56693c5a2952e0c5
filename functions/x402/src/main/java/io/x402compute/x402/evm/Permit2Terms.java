package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;

/** What a permit has to say to pay an offer, in the reference's order. */
final class Permit2Terms {
    private Permit2Terms() {}

    static Optional<Rejection> check(Permit2Authorization permit, PaymentRequirements requirements, Instant now) {
        if (!permit.spender().equalsIgnoreCase(Permit2Proxy.ADDRESS)) {
            return rejected(Permit2Reason.SPENDER, "the permit must be for " + Permit2Proxy.ADDRESS);
        }
        if (!permit.to().equalsIgnoreCase(requirements.payTo())) {
            return rejected(Permit2Reason.RECIPIENT_MISMATCH, "the transfer must go to " + requirements.payTo());
        }
        if (permit.deadline().compareTo(seconds(now.plus(ExactEvmTerms.TIME_TO_SETTLE))) < 0) {
            return rejected(Permit2Reason.DEADLINE_EXPIRED, "the deadline is less than 6 seconds from now");
        }
        if (permit.validAfter().compareTo(seconds(now)) > 0) {
            return rejected(Permit2Reason.NOT_YET_VALID, "validAfter lies in the future");
        }
        if (!permit.amount().equals(BigInteger.valueOf(requirements.amount().micros()))) {
            return rejected(Permit2Reason.AMOUNT_MISMATCH,
                    "the amount must be exactly " + requirements.amount().atomicUnits());
        }
        if (!permit.token().equalsIgnoreCase(requirements.asset())) {
            return rejected(Permit2Reason.TOKEN_MISMATCH, "the token must be " + requirements.asset());
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
