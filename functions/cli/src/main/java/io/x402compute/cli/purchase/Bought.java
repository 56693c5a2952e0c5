package io.x402compute.cli.purchase;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.WireJson;

/**
 * What was bought.
 *
 * @param answer the API's
 * @param paid what the wallet has paid; empty for what credit has
 */
public record Bought(ObjectNode answer, Optional<Usdc> paid) {

    /** The transfer on the chain, where there was one. */
    public Optional<String> transaction() {
        return WireJson.text(answer, "tx_hash").filter(hash -> !hash.isEmpty());
    }
}
