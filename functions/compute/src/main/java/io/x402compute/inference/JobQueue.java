package io.x402compute.inference;

import java.time.Duration;

/**
 * Jobs that wait for their turn. A job comes out at least once, perhaps more often, in no particular order, and with nothing but its id: whoever
 * takes it out reads its row.
 */
public interface JobQueue {

    /**
     * Has the job worked on, no earlier than that. Once this returns it will be.
     *
     * @param delay none to begin at once; more than 15 minutes are 15
     */
    void send(JobId job, Duration delay);
}
