package io.x402compute.running;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an answer says of what is wrong; what it does not say is null.
 *
 * @param text for people
 * @param code for machines
 */
record ToldError(String text, String code, String requestId) {

    /** JSON-RPC has an error of its own, with the rest of ours in it. */
    static ToldError of(JsonNode body) {
        boolean isRpc = body.has("jsonrpc");
        JsonNode ours = isRpc ? body.at("/error/data") : body;
        return new ToldError(body.at(isRpc ? "/error/message" : "/error").textValue(),
                ours.path("code").textValue(), ours.path("request_id").textValue());
    }
}
