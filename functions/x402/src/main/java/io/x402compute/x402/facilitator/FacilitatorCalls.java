package io.x402compute.x402.facilitator;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Asks a remote facilitator, each thing once and for so long at most. Every failure is a reply, and none is sent again by itself. */
interface FacilitatorCalls {

    FacilitatorReply get(String path, Duration timeout);

    FacilitatorReply post(String path, ObjectNode json, Duration timeout);
}
