package io.x402compute.x402.facilitator;

/** What came back from a remote facilitator. */
sealed interface FacilitatorReply permits FacilitatorAnswer, FacilitatorReply.Silence {

    /**
     * Nothing that could be read.
     *
     * @param lostConnection true when the connection broke, which an idle one does without anybody being at fault
     */
    record Silence(String why, boolean lostConnection) implements FacilitatorReply {}
}
