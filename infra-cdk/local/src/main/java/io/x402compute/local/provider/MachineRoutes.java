package io.x402compute.local.provider;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** Making, listing, showing and destroying machines of one kind. */
final class MachineRoutes {
    private final MachineKind kind;
    private final Machines machines;
    private final Inventory inventory;
    private final Listing listing;
    private final String all;
    private final String one;
    private final String missing;

    MachineRoutes(MachineKind kind, Machines machines, Inventory inventory, Listing listing) {
        this.kind = kind;
        this.machines = machines;
        this.inventory = inventory;
        this.listing = listing;
        this.all = switch (kind) {
            case INSTANCE -> "instances";
            case BARE_METAL -> "bare_metals";
        };
        this.one = switch (kind) {
            case INSTANCE -> "instance";
            case BARE_METAL -> "bare_metal";
        };
        this.missing = switch (kind) {
            case INSTANCE -> "instance not found";
            case BARE_METAL -> "bare metal not found";
        };
    }

    void addTo(Routes routes) {
        String path = "/" + all.replace('_', '-');
        String single = path + "/([A-Za-z0-9-]+)";
        routes.keyed("POST", path, this::make);
        routes.keyed("GET", path, this::list);
        routes.keyed("GET", single, call -> machine(200, visible(call).show(machines.now())));
        routes.keyed("DELETE", single, this::destroy);
    }

    /** @throws Refused if it does not show */
    Machine visible(Call call) {
        return machines.visible(kind, call.id()).orElseThrow(this::missing);
    }

    Refused missing() {
        return new Refused(404, missing);
    }

    Reply machine(int status, ObjectNode machine) {
        ObjectNode body = Json.object();
        body.set(one, machine);
        return Reply.json(status, body);
    }

    private Reply make(Call call) {
        Machine machine = machines.make(MachineOrder.of(kind, call.json(), inventory));
        return machine(202, machine.showWithPassword(machines.now()));
    }

    private Reply list(Call call) {
        List<ObjectNode> shown = machines.visible(kind).stream()
                .filter(machine -> kind == MachineKind.BARE_METAL || matches(call, machine))
                .map(machine -> show(call, machine))
                .toList();
        return listing.of(call, all, shown);
    }

    private Reply destroy(Call call) {
        Machine machine = visible(call);
        if (!machine.live()) {
            throw missing();
        }
        machine.destroy(machines.now());
        return Reply.empty(204);
    }

    /** Every filter is an exact match; only tags are compared without regard to case. Bare metal has no filters. */
    private boolean matches(Call call, Machine machine) {
        MachineOrder order = machine.order(machines.now());
        return call.parameter("tag").map(tag -> order.tags().stream().anyMatch(tag::equalsIgnoreCase)).orElse(true)
                && call.parameter("label").map(order.text("label")::equals).orElse(true)
                && call.parameter("region").map(order.text("region")::equals).orElse(true)
                && call.parameter("hostname").map(order.text("hostname")::equals).orElse(true)
                && call.parameter("main_ip").map(machine.state(machines.now()).mainIp()::equals).orElse(true)
                && call.parameter("firewall_group_id").map(String::isEmpty).orElse(true);
    }

    private ObjectNode show(Call call, Machine machine) {
        ObjectNode shown = machine.show(machines.now());
        return kind == MachineKind.INSTANCE && call.parameter("show_pending_charges").orElse("").equals("true")
                ? shown.put("pending_charges", machine.charged(machines.now()))
                : shown;
    }
}
