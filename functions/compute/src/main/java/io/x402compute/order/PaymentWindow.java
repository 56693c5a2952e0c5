package io.x402compute.order;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.evm.ExactEvmReason;
import io.x402compute.x402.evm.Permit2Reason;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;

/** Until when what was signed can be used. */
final class PaymentWindow {
    /** The chain's clock may trail ours: when a payment is past its window by this much it is past it there too. */
    static final Duration CHAIN_CLOCK_MARGIN = Duration.ofMinutes(2);
    /** A run, its settlement, and a crash between them. */
    static final Duration OF_A_RUN = Duration.ofSeconds(60);
    /** For so long a transaction on Solana can be executed after it was made: 150 blocks, and some that take their time. */
    private static final Duration BLOCKHASH_LIFE = Duration.ofMinutes(2);

    private PaymentWindow() {}

    /** From then on the payment cannot be used by anybody. Some are valid for ever: those are looked at once a day. */
    static Instant lastUse(Payment payment, Instant now) {
        Instant tomorrow = now.plus(Duration.ofDays(1));
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009(Eip3009Authorization authorization, String _) -> Instant.ofEpochSecond(
                    authorization.validBefore().min(BigInteger.valueOf(tomorrow.getEpochSecond())).longValueExact())
                    .plus(CHAIN_CLOCK_MARGIN);
            case SchemePayload.Permit2(Permit2Authorization permit, String _) -> lastUse(permit, tomorrow);
            case SchemePayload.Upto(Permit2Authorization permit, String _, String _) -> lastUse(permit, tomorrow);
            case SchemePayload.Solana signed -> now.plus(BLOCKHASH_LIFE).plus(CHAIN_CLOCK_MARGIN);
        };
    }

    /**
     * Why a payment is over too soon for what is run before it is settled; empty where it is not. On Solana nobody can tell how old a
     * blockhash is: one that was forgotten meanwhile is refused, and the result kept back.
     */
    static Optional<String> tooShort(Payment payment, Instant now) {
        BigInteger needed = BigInteger.valueOf(now.plus(OF_A_RUN).getEpochSecond());
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009(Eip3009Authorization authorization, String _) -> authorization.validBefore()
                    .compareTo(needed) < 0 ? Optional.of(ExactEvmReason.VALID_BEFORE) : Optional.empty();
            case SchemePayload.Permit2(Permit2Authorization permit, String _) -> tooShort(permit, needed);
            case SchemePayload.Upto(Permit2Authorization permit, String _, String _) -> tooShort(permit, needed);
            case SchemePayload.Solana _ -> Optional.empty();
        };
    }

    private static Instant lastUse(Permit2Authorization permit, Instant tomorrow) {
        return Instant.ofEpochSecond(
                permit.deadline().min(BigInteger.valueOf(tomorrow.getEpochSecond())).longValueExact())
                .plus(CHAIN_CLOCK_MARGIN);
    }

    private static Optional<String> tooShort(Permit2Authorization permit, BigInteger needed) {
        return permit.deadline().compareTo(needed) < 0
                ? Optional.of(Permit2Reason.DEADLINE_EXPIRED)
                : Optional.empty();
    }
}
