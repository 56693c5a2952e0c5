package io.x402compute.order;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.http.RequestBody;
import io.x402compute.x402.protocol.Network;

/**
 * A wish for more time, complete with its defaults.
 *
 * @param hours how much longer
 * @param network the only one where it is to be paid; empty for any
 */
public record ExtendRequest(int hours, Optional<Network> network) {
    /** An empty body is what a known renewal client sends when it wants one more day. */
    private static final int DEFAULT_HOURS = 24;

    /**
     * Reads {@code POST /compute/instances/{id}/extend}.
     *
     * @throws io.x402compute.http.ApiException 400 for whatever is wrong
     */
    public static ExtendRequest of(RequestBody body, RentalLimits limits) {
        return new ExtendRequest(ProvisionRequest.hours(body, "extend_hours", DEFAULT_HOURS, limits),
                ProvisionRequest.network(body));
    }

    ObjectNode toJson() {
        return Json.object().put("extend_hours", hours).put("network", ProvisionRequest.networkName(network));
    }

    static ExtendRequest ofStored(ObjectNode json) {
        return new ExtendRequest(json.get("extend_hours").intValue(),
                Network.named(json.get("network").textValue()));
    }
}
