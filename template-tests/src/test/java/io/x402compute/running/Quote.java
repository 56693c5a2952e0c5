package io.x402compute.running;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.ReceivedOffer;

/**
 * What a customer has in hand who is about to pay: the offer in both versions.
 *
 * @param others wallets of other people
 */
record Quote(Agent customer, Agent others, ReceivedOffer offer, ReceivedOffer offerV1, Instant now) {

    static Quote of(Agent customer, Agent others, ObjectNode body, Instant now) {
        return new Quote(customer, others, customer.quote(MachineRequest.PROVISION, body),
                customer.quoteV1(MachineRequest.PROVISION, body), now);
    }

    Draft draft() {
        return Draft.of(offer, customer.wallet(), now);
    }

    Draft draftV1() {
        return Draft.of(offerV1, customer.wallet(), now);
    }
}
