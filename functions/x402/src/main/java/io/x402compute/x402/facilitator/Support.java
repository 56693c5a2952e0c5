package io.x402compute.x402.facilitator;

import java.util.Set;

import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Reasons;

/** Whether a facilitator takes payments of a kind at all: of that version and scheme, on that network. */
public sealed interface Support {

    record Supported() implements Support {}

    /**
     * It does not, and need not be asked.
     *
     * @param reason a protocol reason, such as {@code invalid_network}
     */
    record Unsupported(String reason, String message) implements Support {}

    /** It could not be found out: says nothing of the payment. */
    record Undiscovered(String why) implements Support {}

    /** For those who take the scheme exact on one network, of either version. */
    static Support ofExactOn(Network network, Payment payment) {
        return ofOn(Set.of(PaymentRequirements.EXACT), network, payment);
    }

    /** For those who take some schemes on one network, of every version that has them. */
    static Support ofOn(Set<String> schemes, Network network, Payment payment) {
        if (!payment.requirements().network().equals(network)) {
            return new Unsupported(Reasons.INVALID_NETWORK, "only " + network.caip2());
        }
        return schemes.contains(payment.requirements().scheme())
                ? new Supported()
                : new Unsupported(Reasons.UNSUPPORTED_SCHEME, "not a scheme that is accepted here");
    }
}
