package io.x402compute.facilitation;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.UsdcMint;
import io.x402compute.x402.protocol.UsdcToken;

/** Which payments of others are settled at our expense. Asked before anything is read, for what it needs is in the request. */
public final class ServedPayments {
    private final Usdc least;
    private final Set<String> receivers;

    /**
     * @param least what is settled at all: gas for dust would be wasted
     * @param receivers whose payments are settled; empty for everybody's
     */
    public ServedPayments(Usdc least, Set<String> receivers) {
        this.least = least;
        this.receivers = receivers.stream().map(ServedPayments::spelt).collect(Collectors.toUnmodifiableSet());
    }

    Optional<Verification.Rejected> refusal(Payment payment) {
        PaymentRequirements terms = payment.requirements();
        // Another token's code would run at our expense, and its amounts say nothing.
        if (!isUsdc(terms)) {
            return refused("only USDC is settled here");
        }
        if (terms.amount().compareTo(least) < 0) {
            return refused("less than " + least.dollars().toPlainString() + " USDC is not settled here");
        }
        if (!receivers.isEmpty() && !receivers.contains(spelt(terms.payTo()))) {
            return refused("payments to that receiver are not settled here");
        }
        return Optional.empty();
    }

    private static boolean isUsdc(PaymentRequirements terms) {
        return UsdcToken.on(terms.network()).filter(token -> token.asset().equalsIgnoreCase(terms.asset())).isPresent()
                || UsdcMint.on(terms.network()).filter(mint -> mint.asset().equals(terms.asset())).isPresent();
    }

    private static String spelt(String address) {
        return address.startsWith("0x") ? address.toLowerCase(Locale.ROOT) : address;
    }

    private static Optional<Verification.Rejected> refused(String message) {
        return Optional.of(new Verification.Rejected(Reasons.INVALID_PAYMENT_REQUIREMENTS, message));
    }
}
