package io.x402compute.handler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.order.Quote;
import io.x402compute.x402.protocol.Network;

/** A quote as callers see it: the amount also in micro-USDC as text, which is how a challenge asks for it. */
final class QuoteJson {
    private QuoteJson() {}

    /** @param hoursField what the request to buy calls its hours */
    static ObjectNode of(Quote quote, String hoursField) {
        ObjectNode json = Json.object()
                .put(hoursField, quote.hours())
                .put("hourly_price", Dollars.of(quote.hourly()))
                .put("payment_amount", Dollars.of(quote.total()))
                .put("amount", Long.toString(quote.total().micros()))
                .put("network", quote.network().v1Name());
        ArrayNode networks = json.putArray("networks");
        quote.networks().stream().map(Network::v1Name).forEach(networks::add);
        return json.put("valid_until", quote.validUntil().toString());
    }
}
