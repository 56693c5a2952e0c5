package io.x402compute.local.chain;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A transfer that the token logged.
 *
 * @param from the payer, in lower case; the zero address for what was minted
 * @param to the recipient, in lower case
 * @param micros the amount in micro-USDC
 * @param transactionHash the transaction that moved it
 */
public record Transfer(String from, String to, long micros, String transactionHash) {
    /** {@code Transfer(address,address,uint256)}. */
    static final String TOPIC = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

    private static final int ADDRESS_START = "0x".length() + 24;

    static Transfer of(JsonNode log) {
        return new Transfer(indexedAddress(log, 1), indexedAddress(log, 2),
                Abi.longValue(log.required("data").asText()),
                log.required("transactionHash").asText());
    }

    private static String indexedAddress(JsonNode log, int topic) {
        return "0x" + log.required("topics").required(topic).asText().substring(ADDRESS_START);
    }
}
