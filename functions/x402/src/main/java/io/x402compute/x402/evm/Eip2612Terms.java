package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.protocol.Eip2612Permit;
import io.x402compute.x402.protocol.GasSponsoring;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;

/** What a token's permit has to say that comes with a payment by Permit2, in the reference's order and words. */
final class Eip2612Terms {
    static final String INVALID_FORMAT = "invalid_eip2612_extension_format";
    static final String FROM_MISMATCH = "eip2612_from_mismatch";
    static final String ASSET_MISMATCH = "eip2612_asset_mismatch";
    static final String SPENDER_NOT_PERMIT2 = "eip2612_spender_not_permit2";
    static final String DEADLINE_EXPIRED = "eip2612_deadline_expired";

    private Eip2612Terms() {}

    static Optional<Rejection> check(Payment payment, Instant now) {
        return switch (GasSponsoring.in(payment.payload())) {
            case GasSponsoring.None none -> Optional.empty();
            case GasSponsoring.Malformed malformed -> rejected(INVALID_FORMAT, "the extension is not understood");
            case GasSponsoring.Signed(Eip2612Permit permit) -> check(permit, payment, now);
        };
    }

    private static Optional<Rejection> check(Eip2612Permit permit, Payment payment, Instant now) {
        if (Hex.bytes(permit.signature()).length != EcdsaSignature.LENGTH) {
            return rejected(INVALID_FORMAT, "a token's permit is signed with 65 bytes");
        }
        if (!permit.from().equals(payment.payer())) {
            return rejected(FROM_MISMATCH, "the permit must be the payer's");
        }
        if (!permit.asset().equalsIgnoreCase(payment.requirements().asset())) {
            return rejected(ASSET_MISMATCH, "the permit must be for " + payment.requirements().asset());
        }
        if (!permit.spender().equalsIgnoreCase(Permit2.ADDRESS)) {
            return rejected(SPENDER_NOT_PERMIT2, "the permit must name " + Permit2.ADDRESS);
        }
        BigInteger soonest = BigInteger.valueOf(now.plus(ExactEvmTerms.TIME_TO_SETTLE).getEpochSecond());
        return permit.deadline().compareTo(soonest) < 0
                ? rejected(DEADLINE_EXPIRED, "the permit's deadline is less than 6 seconds from now")
                : Optional.empty();
    }

    private static Optional<Rejection> rejected(String reason, String message) {
        return Optional.of(new Rejection(reason, message));
    }
}
