package io.x402compute.handler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.access.HowToSign;

/**
 * How whoever has credit gets to it, for clients that have no account and never heard of one: the wallet that paid is the
 * account, and this says where to ask and what to sign.
 */
final class CreditAccess {
    static final String BALANCE = "/compute/credits/balance";
    static final String ENTRIES = "/compute/credits/entries";

    private CreditAccess() {}

    /** @param baseUrl of the links; empty for paths alone */
    static void put(ObjectNode json, String baseUrl) {
        json.put("balance_url", baseUrl + BALANCE)
                .put("entries_url", baseUrl + ENTRIES)
                .put("spend_with", CreditUse.FIELD);
        ObjectNode signing = json.putObject("sign_in");
        ArrayNode headers = signing.putArray("headers");
        HowToSign.HEADERS.forEach(headers::add);
        signing.put("chains", "base: EIP-191 personal_sign, hex; solana: Ed25519, base64")
                .put("message", HowToSign.message())
                .put("timestamp", "milliseconds since 1970, at most %d seconds off".formatted(
                        HowToSign.WINDOW.toSeconds()))
                .put("nonce", "8 to 128 characters, new for every request");
    }
}
