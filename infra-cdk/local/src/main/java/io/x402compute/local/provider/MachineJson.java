package io.x402compute.local.provider;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** Machines in the words of the API. */
final class MachineJson {
    static final DateTimeFormatter RFC_3339 = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    private MachineJson() {}

    static ObjectNode instance(Machine machine, Instant now) {
        MachineOrder order = machine.order(now);
        MachineState state = machine.state(now);
        ObjectNode json = common(machine, order, state)
                .put("ram", order.plan().path("ram").intValue())
                .put("disk", state.active() ? order.plan().path("disk").intValue() : 0)
                .put("vcpu_count", order.plan().path("vcpu_count").intValue())
                .put("allowed_bandwidth", order.plan().path("bandwidth").intValue())
                .put("power_status", state.powerStatus())
                .put("server_status", state.serverStatus())
                .put("hostname", order.text("hostname").isEmpty() ? "vultr.guest" : order.text("hostname"))
                .put("kvm", state.active()
                        ? "https://my.vultr.com/subs/vps/novnc/api.php?data=" + machine.secret("console")
                        : "")
                .put("firewall_group_id", "")
                .put("vpc_only", false);
        ArrayNode features = json.withArrayProperty("features");
        if (order.flag("ddos_protection")) {
            features.add("ddos_protection");
        }
        if (order.text("backups").equals("enabled")) {
            features.add("auto_backups");
        }
        return json;
    }

    /** Sizes are prose here, and there is no power or server status. */
    static ObjectNode bareMetal(Machine machine, Instant now) {
        MachineOrder order = machine.order(now);
        ObjectNode plan = order.plan();
        return common(machine, order, machine.state(now))
                .put("ram", plan.path("ram").asText() + " MB")
                .put("disk", plan.path("disk_count").asText() + "x " + plan.path("disk").asText() + "GB "
                        + plan.path("type").asText())
                .put("cpu_count", plan.path("cpu_count").intValue())
                .put("mac_address", Integer.toUnsignedLong(machine.id().hashCode()))
                .put("mdisk_mode", "none");
    }

    private static ObjectNode common(Machine machine, MachineOrder order, MachineState state) {
        String notYet = order.kind() == MachineKind.INSTANCE ? "0.0.0.0" : "";
        ObjectNode json = Json.object()
                .put("id", machine.id())
                .put("os", order.image())
                .put("main_ip", state.mainIp())
                .put("netmask_v4", state.active() ? "255.254.0.0" : "")
                .put("gateway_v4", state.active() ? "198.18.0.1" : notYet)
                .put("date_created", RFC_3339.format(machine.created().atOffset(ZoneOffset.UTC)))
                .put("status", state.status())
                .put("plan", order.text("plan"))
                .put("region", order.text("region"))
                .put("v6_network", "").put("v6_main_ip", "").put("v6_network_size", 0)
                .put("label", order.text("label"))
                .put("internal_ip", "")
                .put("os_id", order.number("os_id"))
                .put("app_id", order.number("app_id"))
                .put("image_id", order.text("image_id"))
                .put("snapshot_id", order.text("snapshot_id"))
                .put("user_scheme", order.text("user_scheme").isEmpty() ? "root" : order.text("user_scheme"));
        order.tags().forEach(json.putArray("tags")::add);
        ArrayNode features = json.putArray("features");
        if (order.flag("enable_ipv6")) {
            features.add("ipv6");
        }
        return json;
    }
}
