package io.x402compute.http;

/** A scheduled run that could not do its work. Its message is the code, since Lambda logs the messages of what is thrown. */
public final class RunFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param code lower snake case, for machines */
    public RunFailed(String code) {
        super(code, null, false, false);
    }

    String code() {
        return getMessage();
    }
}
