package io.x402compute.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;

/**
 * A call that is allowed.
 *
 * @param operation for example {@code GetItem}
 * @param body as it was sent
 * @param request the body, read
 */
record AwsCall(String operation, Headers headers, byte[] body, JsonNode request) {}
