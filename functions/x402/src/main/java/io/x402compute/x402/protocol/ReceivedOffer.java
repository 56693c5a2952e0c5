package io.x402compute.x402.protocol;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An offer as a client got it.
 *
 * @param version of the protocol it came in, and is to be answered in
 * @param requirements what it asks for
 * @param asSent the offer itself: version 2 wants it back unchanged, with whatever else the seller put in
 * @param resource version 2 only: what is sold, to be sent back too
 */
public record ReceivedOffer(
        int version, PaymentRequirements requirements, ObjectNode asSent, Optional<ObjectNode> resource) {

    /** The answer to this offer. */
    public PaymentPayload paidWith(SchemePayload signed) {
        return new PaymentPayload(version, requirements.scheme(), requirements.network(), signed, resource,
                version == 1 ? Optional.empty() : Optional.of(asSent), Optional.empty());
    }
}
