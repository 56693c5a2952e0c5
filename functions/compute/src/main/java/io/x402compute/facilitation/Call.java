package io.x402compute.facilitation;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.FacilitatorRequest;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;

/**
 * One call to settle. Two calls with the same content need not be the same call: a payer can have a seller make as many as he likes.
 *
 * @param name that the caller has given to it, hashed, so that he can make it again; otherwise one that no other call has
 * @param deadline when the answer must be on its way
 */
public record Call(FacilitatorRequest request, String name, Instant deadline) {

    Payment payment() {
        return request.payment();
    }

    /** Whether it asks the same, however it is spelt. */
    boolean asks(FacilitatorRequest other) {
        return terms(request).equals(terms(other));
    }

    /** The payment, and what it is presented for. */
    private static List<String> terms(FacilitatorRequest request) {
        PaymentRequirements terms = request.payment().requirements();
        boolean evm = terms.network().isEvm();
        return List.of(Integer.toString(request.payment().payload().version()), request.payment().key().value(),
                terms.amount().atomicUnits(), spelt(terms.asset(), evm), spelt(terms.payTo(), evm),
                request.payment().payload().resource().map(ObjectNode::toString).orElse(""));
    }

    private static String spelt(String address, boolean evm) {
        return evm ? address.toLowerCase(Locale.ROOT) : address;
    }
}
