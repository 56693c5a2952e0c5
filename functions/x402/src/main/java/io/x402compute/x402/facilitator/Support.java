package io.x402compute.x402.facilitator;

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

    /** For those who take one scheme on one network, of either version. */
    static Support ofExactOn(Network network, Payment payment) {
        if (!payment.requirements().network().equals(network)) {
            return new Unsupported(Reasons.INVALID_NETWORK, "only " + network.caip2());
        }
        return payment.requirements().scheme().equals(PaymentRequirements.EXACT)
                ? new Supported()
                : new Unsupported(Reasons.UNSUPPORTED_SCHEME, "only the exact scheme is accepted");
    }
}
