package io.x402compute.x402.facilitator;

import java.time.Duration;
import java.util.Optional;

/** What came back from a remote facilitator. */
sealed interface FacilitatorReply permits FacilitatorAnswer, FacilitatorReply.Silence {

    /**
     * When the same question would be worth asking again, if nothing can move by it.
     *
     * @param asked how often it was asked
     */
    Optional<Duration> again(int asked);

    /**
     * Nothing that could be read.
     *
     * @param lostConnection true when the connection broke, which an idle one does without anybody being at fault
     */
    record Silence(String why, boolean lostConnection) implements FacilitatorReply {

        /** A connection kept open from an earlier call may be dead without our knowing, always so after a pause of the process. */
        @Override
        public Optional<Duration> again(int asked) {
            return lostConnection && asked == 1 ? Optional.of(Duration.ZERO) : Optional.empty();
        }
    }
}
