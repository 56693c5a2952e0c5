package io.x402compute.x402.client;

import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.SchemePayload;

/** What a client pays with on one kind of network. */
interface Payer {

    /** Whether it could sign this offer, whatever it costs. */
    boolean canPay(ReceivedOffer offer);

    /**
     * Signs an offer that it can pay.
     *
     * @throws java.io.UncheckedIOException when something had to be asked for that and did not answer
     */
    SchemePayload sign(ReceivedOffer offer);
}
