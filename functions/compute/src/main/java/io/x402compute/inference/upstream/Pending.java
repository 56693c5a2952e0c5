package io.x402compute.inference.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.inference.Candidate;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Service;
import io.x402compute.inference.outside.Patience;

/**
 * What one upstream was asked to do, and has taken on.
 *
 * @param accepted how far it was when it was last asked
 * @param patience how long to wait for whatever is asked now
 */
record Pending(
        Service service, ObjectNode input, Candidate candidate, Outcome.Accepted accepted, Patience patience) {

    /** The same as it was, or further. */
    Outcome.Accepted at(int percent) {
        return new Outcome.Accepted(accepted.upstream(), accepted.handle(), percent);
    }
}
