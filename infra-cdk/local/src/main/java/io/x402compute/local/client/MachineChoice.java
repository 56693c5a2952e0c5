package io.x402compute.local.client;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.x402.protocol.Network;

/**
 * What to buy.
 *
 * @param description of the plan, for people
 */
public record MachineChoice(String plan, String region, int hours, String description) {
    private static final int UBUNTU = 2284;
    /** A well-formed public key that nobody has the other half of: the simulated machine lets nobody in anyway. */
    private static final String SSH_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKcSyg2+dCfD0GCR0FcnqRxGnFTpLhLRWkvL2Vyykp1t";

    /**
     * The cheapest plan with a GPU, or the cheapest at all, where there is some.
     *
     * @param plans the answer of {@code GET /compute/plans}
     */
    public static MachineChoice cheapestWithGpu(JsonNode plans, int hours) {
        Comparator<JsonNode> gpuFirst = Comparator.comparing(plan -> !plan.has("gpu_type"));
        return plans.path("plans").valueStream()
                .min(gpuFirst.thenComparing(plan -> plan.path("our_hourly").decimalValue()))
                .map(plan -> of(plan, Optional.empty(), hours))
                .orElseThrow(() -> new IllegalArgumentException("there is no plan to be had"));
    }

    /** That plan, in the region or else in its first one. */
    public static MachineChoice of(JsonNode plan, Optional<String> region, int hours) {
        String where = region.orElseGet(() -> plan.path("locations").path(0).asText());
        BigDecimal hourly = plan.path("location_price").path(where).decimalValue();
        return new MachineChoice(
                plan.path("id").asText(), where, hours,
                "%s in %s at %s USDC an hour".formatted(plan.path("name").asText(), where, hourly.toPlainString()));
    }

    /** The body of {@code POST /compute/provision}. */
    public ObjectNode request() {
        return request(Network.BASE);
    }

    /** The same, to be paid on that network. */
    public ObjectNode request(Network network) {
        return Json.object()
                .put("plan", plan)
                .put("region", region)
                .put("os_id", UBUNTU)
                .put("label", "first-machine")
                .put("prepaid_hours", hours)
                .put("network", network.v1Name())
                .put("ssh_public_key", SSH_KEY);
    }

    @Override
    public String toString() {
        return plan + ", " + description;
    }
}
