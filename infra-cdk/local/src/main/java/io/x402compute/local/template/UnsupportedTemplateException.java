package io.x402compute.local.template;

/**
 * The template uses something that the local run does not know: better to stop than to run something else than what is
 * deployed.
 */
public final class UnsupportedTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param what is not supported, as the object of a sentence */
    public UnsupportedTemplateException(String what) {
        super("The local run does not support " + what);
    }
}
