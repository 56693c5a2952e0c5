package io.x402compute.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.Machine;
import io.x402compute.instance.MachineSpec;
import io.x402compute.instance.PaidSegment;
import io.x402compute.instance.Termination;
import io.x402compute.x402.protocol.Usdc;

/**
 * An instance as clients read it, under every name they know its fields by. Clients print {@code label}, {@code ip_address} and
 * {@code status} as text, so these are never null; what is not known yet is absent.
 */
final class InstanceJson {
    static final String PROVIDER = "vultr";
    private static final String SSH_KEY = "ssh_key";
    /** The word known clients have seen; the password itself has a route of its own. */
    private static final String PASSWORD = "one_time_password_fallback";

    private InstanceJson() {}

    /** With everything that was paid for it so far. */
    static ObjectNode of(Instance instance) {
        Usdc paid = instance.segments().stream().map(PaidSegment::amount).reduce(Usdc.ZERO, Usdc::plus);
        return of(instance, paid, status(instance).wireName());
    }

    /**
     * @param paid what {@code payment_amount} is to say
     * @param status one of the states' wire names, or {@code pending}
     */
    static ObjectNode of(Instance instance, Usdc paid, String status) {
        MachineSpec spec = instance.spec();
        ObjectNode json = Json.object()
                .put("id", instance.id().toString())
                .put("status", status)
                .put("vultr_status", status)
                .put("label", spec.label())
                .put("plan", spec.plan())
                .put("vultr_plan", spec.plan())
                .put("provider_plan_id", spec.plan())
                .put("region", spec.region())
                .put("vultr_region", spec.region())
                .put("os_id", spec.osId())
                .put("provider", PROVIDER)
                .put("user_wallet", instance.owner().address())
                .put("access_method", spec.sshPublicKey().isPresent() ? SSH_KEY : PASSWORD)
                .put("created_at", instance.createdAt().toString())
                .put("expires_at", instance.expiresAt().toString())
                .put("prepaid_hours", instance.prepaidHours())
                .put("payment_amount", Dollars.of(paid))
                .put("ip_address", instance.machine().map(Machine::ipAddress).orElse(Machine.NO_ADDRESS));
        if (instance.state().isLive()) {
            json.put("destroys_at", instance.destroysAt().toString());
        }
        spec.hostname().ifPresent(hostname -> json.put("hostname", hostname));
        instance.machine().ifPresent(machine -> machine(json, machine));
        instance.operation().ifPresent(operation -> OperationJson.addTo(json, instance, operation));
        instance.autoExtend().ifPresent(wanted -> json.set("auto_extend", AutoExtendJson.of(instance, wanted)));
        instance.termination().ifPresent(end -> json
                .put("destroyed_at", end.askedAt().toString())
                .put("end_reason", end.reason())
                .put("provider_released", instance.state().isFinal()));
        instance.termination().flatMap(Termination::unused).ifPresent(unused -> json
                .put("credited", Dollars.of(unused.amount()))
                .put("credited_hours", unused.hours()));
        return json;
    }

    private static void machine(ObjectNode json, Machine machine) {
        json.put("vultr_instance_id", machine.providerId())
                .put("provider_instance_id", machine.providerId())
                .put("vultr_server_status", machine.serverStatus())
                .put("os", machine.osName())
                .put("vultr_os", machine.osName())
                .put("vultr_vcpu_count", machine.vcpus())
                .put("vultr_ram", machine.ramMb())
                .put("power_status", machine.powerStatus());
        if (!machine.ipv6Address().isEmpty()) {
            json.put("vultr_v6_main_ip", machine.ipv6Address());
        }
        // The provider says 0 until the disk is there.
        if (machine.diskGb() > 0) {
            json.put("vultr_disk", machine.diskGb());
        }
    }

    /** An end that was decided is what clients see, however long the provider takes. */
    private static InstanceState status(Instance instance) {
        return instance.outcome();
    }
}
