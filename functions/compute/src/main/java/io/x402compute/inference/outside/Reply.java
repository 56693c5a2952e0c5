package io.x402compute.inference.outside;

/** What came of one request. */
public sealed interface Reply {

    /**
     * A whole answer.
     *
     * @param mediaType in lower case and without its parameters; empty if none was told
     * @param location where else it is, empty if not told
     */
    record Answered(int status, String mediaType, String location, byte[] body) implements Reply {
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /**
     * Sent, at least in part, and no whole answer came back.
     *
     * @param status that was answered; 0 if not even that
     * @param body as much of it as came
     * @param inTime whether they cut it off; false where our time was over
     */
    record Cut(int status, byte[] body, boolean inTime) implements Reply {}

    /** An answer that is longer than anybody wants it. */
    record TooLong() implements Reply {}

    /** Nothing has left this machine. */
    record NotSent() implements Reply {}
}
