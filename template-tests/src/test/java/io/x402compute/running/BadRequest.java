package io.x402compute.running;

/**
 * A row of a table of requests that must be answered with an error.
 *
 * @param name what is wrong with it
 * @param code for machines; empty when the gateway refuses it, whose own answers have none
 */
record BadRequest(String name, RequestDraft request, int status, String code) {

    static BadRequest row(String name, RequestDraft request, int status, String code) {
        return new BadRequest(name, request, status, code);
    }

    /** No function gets to see it. */
    static BadRequest gateway(String name, RequestDraft request, int status) {
        return new BadRequest(name, request, status, "");
    }

    boolean isGateways() {
        return code.isEmpty();
    }

    @Override
    public String toString() {
        return name;
    }
}
