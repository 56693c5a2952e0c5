package io.x402compute.x402.protocol;

/**
 * What is being sold.
 *
 * @param url the full URL of the paid route
 * @param description for people; may be empty
 * @param mimeType of the answer
 */
public record Resource(String url, String description, String mimeType) {}
