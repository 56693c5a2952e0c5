package io.x402compute.inference;

import java.time.Duration;

/** Whoever carries runs out. Nothing that is asked here changes anything at ours. */
public interface Upstreams {

    /** Whether there is one for it at all. */
    boolean serve(Service service);

    /**
     * Has it run by the first that can, in the order of the request's priority.
     *
     * @param job by which an upstream that can tell knows a request it has seen before
     * @param patience how long to wait for all of them together
     */
    Outcome run(JobId job, RunRequest request, Duration patience);

    /** How far what was accepted is. */
    Outcome look(RunRequest request, Outcome.Accepted accepted, Duration patience);

    /** Asks for it to be stopped, which may be too late. */
    void stop(RunRequest request, Outcome.Accepted accepted);
}
