package io.x402compute.local.inference;

import java.util.Optional;

/** A way in which the server misbehaves, see {@link InferenceServer#inject}. */
public sealed interface Fault {

    /** That status, in the API's own envelope, and nothing is carried out. */
    record CallFails(int status, String text) implements Fault {}

    /**
     * One call too many: 429, and nothing is carried out.
     *
     * @param retryAfter the header's value, absent to send none
     */
    record TooManyRequests(Optional<String> retryAfter) implements Fault {}

    /** A proxy in front of it answers in HTML, and nothing is carried out. */
    record ProxyPage(int status) implements Fault {}

    /** It is carried out, and its caller is left waiting; {@link InferenceServer#heal} cuts the connection. */
    record AnswerWithheld() implements Fault {}

    /** It is carried out, and the connection is cut before an answer. */
    record ConnectionCut() implements Fault {}

    /** It is carried out, and the connection is cut in the middle of the answer, or of the stream of events. */
    record AnswerCut() implements Fault {}

    /** It is carried out, and half of the answer passes for all of it: JSON that does not end, a stream without its last events. */
    record AnswerTruncated() implements Fault {}

    /** A success with JSON in it that has nothing of what was asked for. */
    record Nonsense() implements Fault {}

    /** It is carried out, and its answer has so many more bytes than anybody wants, in blanks. */
    record AnswerTooLarge(int megabytes) implements Fault {}

    /** The job or the video that is begun fails when it should be done. */
    record WorkFails(String text) implements Fault {}

    /** The job or the video that is begun takes so many times longer than usual. */
    record WorkSlow(int times) implements Fault {}
}
