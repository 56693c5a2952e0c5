package io.x402compute.inference;

/** What an upstream made of a run. */
public sealed interface Outcome {

    record Completed(Output output, Usage usage) implements Outcome {}

    /**
     * It is at work, and has to be asked again.
     *
     * @param upstream which of them
     * @param handle by which it knows the work
     * @param percent of it that is done, 0 to 100
     */
    record Accepted(String upstream, String handle, int percent) implements Outcome {}

    /**
     * The input is not one that can be run, here or anywhere else.
     *
     * @param message for whoever sent it
     */
    record Refused(String message) implements Outcome {}

    /**
     * It was not run, and there is nobody left to try.
     *
     * @param code for machines: {@code upstream_failed}, {@code upstream_timeout}, {@code upstream_busy}
     */
    record Failed(String code) implements Outcome {}
}
