package io.x402compute.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;

/**
 * A call that is allowed.
 *
 * @param functionId who calls
 * @param operation for example {@code GetItem}
 * @param request its body
 */
record AwsCall(String functionId, String operation, Headers headers, JsonNode request) {}
