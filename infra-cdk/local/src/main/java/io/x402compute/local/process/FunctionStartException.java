package io.x402compute.local.process;

/** A function cannot be started: its code, its constructor or one of its snapshot hooks fails. Names the function. */
public final class FunctionStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FunctionStartException(String message) {
        super(message);
    }
}
