package io.x402compute.inference;

/**
 * A part of a result that is not JSON.
 *
 * @param field of the result that is to hold the address it can be fetched from
 * @param mediaType as of an HTTP answer
 */
public record Attachment(String field, String mediaType, byte[] bytes) {}
