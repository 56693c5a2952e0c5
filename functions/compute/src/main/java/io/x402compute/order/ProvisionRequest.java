package io.x402compute.order;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.Json;
import io.x402compute.http.RequestBody;
import io.x402compute.instance.MachineSpec;
import io.x402compute.instance.SshPublicKey;
import io.x402compute.x402.protocol.Network;

/**
 * A wish for a new machine, complete with its defaults.
 *
 * @param spec what is to be created
 * @param hours how long it is paid for
 * @param network the only one where it is to be paid; empty for any
 */
public record ProvisionRequest(MachineSpec spec, int hours, Optional<Network> network) {
    private static final int DEFAULT_OS = 2284;
    private static final int DEFAULT_HOURS = 720;
    private static final String DEFAULT_LABEL = "x402-instance";
    private static final int MAX_USER_DATA = 16 * 1024;
    private static final String PROVIDER = "vultr";
    /** What others sell by these names, or sold once: to ignore one would be to sell something else than was asked for. */
    private static final List<String> NOT_SOLD = List.of("ai_machine", "deploy_node", "duration_months", "ssh_key_id",
            "ssh_key_ids");

    /**
     * Reads {@code POST /compute/provision}.
     *
     * @throws ApiException 400 for whatever is missing or wrong
     */
    public static ProvisionRequest of(RequestBody body, RentalLimits limits) {
        body.optionalText("provider", 32).filter(provider -> !provider.equals(PROVIDER)).ifPresent(other -> {
            throw ApiException.invalidField("provider", "must be vultr: no other machines are sold here");
        });
        NOT_SOLD.stream().filter(body::has).findFirst().ifPresent(field -> {
            throw ApiException.badRequest("unsupported_field", field + " is not supported here");
        });
        MachineSpec spec = new MachineSpec(
                body.text("plan", 64),
                body.text("region", 16),
                body.optionalInteger("os_id", 1, Integer.MAX_VALUE).orElse(DEFAULT_OS),
                body.optionalText("label", 64).orElse(DEFAULT_LABEL),
                body.optionalText("hostname", 63).map(ProvisionRequest::hostname),
                body.optionalText("ssh_public_key", 8192).map(key -> SshPublicKey.of(key)
                        .orElseThrow(() -> ApiException.invalidField("ssh_public_key", "is no SSH public key"))
                        .line()),
                body.optionalLines("user_data", MAX_USER_DATA));
        return new ProvisionRequest(spec, hours(body, "prepaid_hours", DEFAULT_HOURS, limits), network(body));
    }

    /** The request that a probe without a body stands for. */
    static ProvisionRequest probe(String plan, String region, RentalLimits limits) {
        MachineSpec spec = new MachineSpec(plan, region, DEFAULT_OS, DEFAULT_LABEL, Optional.empty(), Optional.empty(),
                Optional.empty());
        return new ProvisionRequest(spec, limits.minHours(), Optional.empty());
    }

    static int hours(RequestBody body, String field, int absent, RentalLimits limits) {
        int hours = body.optionalInteger(field, 1, Integer.MAX_VALUE)
                .orElse(Math.clamp(absent, limits.minHours(), limits.maxHours()));
        if (hours < limits.minHours()) {
            throw ApiException.badRequest("prepaid_period_too_short",
                    "Minimum prepaid period is %d hours".formatted(limits.minHours()));
        }
        if (hours > limits.maxHours()) {
            throw ApiException.badRequest("prepaid_period_too_long",
                    "Maximum prepaid period is %d hours".formatted(limits.maxHours()));
        }
        return hours;
    }

    static Optional<Network> network(RequestBody body) {
        return body.optionalText("network", 64).map(name -> Network.named(name)
                .orElseThrow(() -> ApiException.badRequest("unsupported_network", "network is not known")));
    }

    /** As it is stored: whoever names none has the default of the API that clients know. */
    static String networkName(Optional<Network> network) {
        return network.orElse(Network.BASE).v1Name();
    }

    private static String hostname(String name) {
        if (!name.matches("[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?")) {
            throw ApiException.invalidField("hostname", "may have letters, digits and inner hyphens");
        }
        return name;
    }

    /** The stored form, and with it the fingerprint's. */
    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("plan", spec.plan())
                .put("region", spec.region())
                .put("os_id", spec.osId())
                .put("label", spec.label())
                .put("prepaid_hours", hours)
                .put("network", networkName(network));
        spec.hostname().ifPresent(value -> json.put("hostname", value));
        spec.sshPublicKey().ifPresent(value -> json.put("ssh_public_key", value));
        spec.userData().ifPresent(value -> json.put("user_data", value));
        return json;
    }

    static ProvisionRequest ofStored(ObjectNode json) {
        MachineSpec spec = new MachineSpec(
                json.get("plan").textValue(),
                json.get("region").textValue(),
                json.get("os_id").intValue(),
                json.get("label").textValue(),
                optional(json, "hostname"),
                optional(json, "ssh_public_key"),
                optional(json, "user_data"));
        return new ProvisionRequest(spec, json.get("prepaid_hours").intValue(),
                Network.named(json.get("network").textValue()));
    }

    private static Optional<String> optional(ObjectNode json, String field) {
        return Optional.ofNullable(json.get(field)).map(value -> value.textValue());
    }
}
