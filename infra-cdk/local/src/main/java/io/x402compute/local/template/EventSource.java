package io.x402compute.local.template;

/**
 * A queue that calls a function.
 *
 * @param functionId its logical id
 * @param batchSize how many messages it is called with at most
 * @param concurrency how many calls there are at once at most
 * @param reportsFailures whether its answer names the messages that failed; otherwise all have or none
 */
public record EventSource(
        String queueArn, String functionId, int batchSize, int concurrency, boolean reportsFailures) {}
