package io.x402compute.local.inference.media;

/** Bytes that are not what they were taken for. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
        super(message, null, false, false);
    }
}
