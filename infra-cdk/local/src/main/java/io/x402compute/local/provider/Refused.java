package io.x402compute.local.provider;

/** A request the provider says no to, in its own words. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String text) {
        super(text, null, false, false);
        this.status = status;
    }

    static Refused badRequest(String text) {
        return new Refused(400, text);
    }

    Reply reply() {
        return Reply.error(status, getMessage());
    }
}
