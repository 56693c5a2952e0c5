package io.x402compute.x402.facilitator;

/** The result of preparing a settlement; in every case nothing has left yet. */
public sealed interface Preparation {

    record Prepared(SettlementHandle handle) implements Preparation {}

    /** The transfer would fail as things stand. Somebody else may have carried it out: read the chain before judging. */
    record Refused(String reason, String message) implements Preparation {}

    /** Nobody could be asked: try again later. */
    record Unavailable(String why) implements Preparation {}
}
