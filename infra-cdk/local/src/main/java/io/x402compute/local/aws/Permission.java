package io.x402compute.local.aws;

/**
 * What a call needs to be allowed.
 *
 * @param action for example {@code dynamodb:GetItem}
 * @param resource an ARN
 */
record Permission(String action, String resource) {}
