package io.x402compute.handler;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.contract.AgentGuide;
import io.x402compute.contract.Route;
import io.x402compute.http.Json;
import io.x402compute.x402.protocol.PaymentRequirements;

/**
 * What is sold here, in the form in which catalogues fetch it: {@code resources} are addresses that they call to see a 402, so only
 * those that answer one to anybody. {@code items} has all, with the offers but for their amounts and for when the money moves:
 * both depend on what is wanted.
 */
final class PaidResourcesJson {
    private static final int VERSION = 1;

    private PaidResourcesJson() {}

    static ObjectNode of(List<Route> sold, List<PaymentRequirements> offers, Set<Integer> versions, String baseUrl) {
        ObjectNode json = Json.object().put("version", VERSION);
        ArrayNode resources = json.putArray("resources");
        sold.stream().filter(Route::isOnePath).forEach(route -> resources.add(baseUrl + route.path()));
        ArrayNode spoken = json.putArray("x402Versions");
        versions.stream().sorted().forEach(spoken::add);
        ArrayNode items = json.putArray("items");
        sold.forEach(route -> items.add(item(route, offers, baseUrl)));
        return json.put("instructions", baseUrl + AgentGuide.PATH).put("mcp", baseUrl + ServeMcp.PATH);
    }

    private static ObjectNode item(Route route, List<PaymentRequirements> offers, String baseUrl) {
        ObjectNode item = Json.object()
                .put("resource", baseUrl + route.path())
                .put("type", "http")
                .put("method", route.method())
                .put("description", route.summary());
        ArrayNode accepts = item.putArray("accepts");
        offers.forEach(offer -> accepts.add(untilAsked(offer)));
        return item;
    }

    private static ObjectNode untilAsked(PaymentRequirements offer) {
        ObjectNode told = offer.toV2Json();
        told.remove("amount");
        if (told.get("extra") instanceof ObjectNode extra) {
            extra.remove(PaymentRequirements.PAYMENT_FLOW);
        }
        return told;
    }
}
