package io.x402compute.vultr;

/** A list or an account could not be read completely. Checked, because "unknown" must never be taken for "empty". */
public final class VultrException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    VultrException(Failure failure) {
        super(failure.kind() + ": " + failure.why(), null, false, false);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
