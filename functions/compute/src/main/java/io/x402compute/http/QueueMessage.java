package io.x402compute.http;

/**
 * A message out of a queue.
 *
 * @param receipt what the queue calls this delivery of it
 */
public record QueueMessage(String body, String receipt) {}
