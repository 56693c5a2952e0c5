package io.x402compute.local.provider;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** Making, showing and destroying machines. Starting, halting and changing them would be further routes here. */
final class MachineRoutes {
    private static final String ONE = "/instances/([A-Za-z0-9-]+)";

    private final Machines machines;
    private final Inventory inventory;

    MachineRoutes(Machines machines, Inventory inventory) {
        this.machines = machines;
        this.inventory = inventory;
    }

    void addTo(Routes routes) {
        routes.keyed("POST", "/instances", this::make);
        routes.keyed("GET", "/instances", this::list);
        routes.keyed("GET", ONE, call -> instance(200, visible(call).show(machines.now())));
        routes.keyed("DELETE", ONE, this::destroy);
    }

    private Reply make(Call call) {
        Machine machine = machines.make(MachineOrder.of(call.body(), inventory));
        return instance(202, machine.showWithPassword(machines.now()));
    }

    private Reply list(Call call) {
        List<ObjectNode> shown = machines.visible().stream()
                .filter(machine -> matches(call, machine))
                .map(machine -> show(call, machine))
                .toList();
        return Listing.of(call, "instances", shown);
    }

    private Reply destroy(Call call) {
        visible(call).destroy(machines.now());
        return Reply.empty(204);
    }

    private Machine visible(Call call) {
        return machines.visible(call.id()).orElseThrow(() -> new Refused(404, "instance not found"));
    }

    /** Every filter is an exact match; only tags are compared without regard to case. */
    private boolean matches(Call call, Machine machine) {
        MachineOrder order = machine.order();
        return call.parameter("tag").map(tag -> order.tags().stream().anyMatch(tag::equalsIgnoreCase)).orElse(true)
                && call.parameter("label").map(order.text("label")::equals).orElse(true)
                && call.parameter("region").map(order.text("region")::equals).orElse(true)
                && call.parameter("hostname").map(order.text("hostname")::equals).orElse(true)
                && call.parameter("main_ip").map(machine.address(machines.now())::equals).orElse(true)
                && call.parameter("firewall_group_id").map(String::isEmpty).orElse(true);
    }

    private ObjectNode show(Call call, Machine machine) {
        ObjectNode shown = machine.show(machines.now());
        return call.parameter("show_pending_charges").orElse("").equals("true")
                ? shown.put("pending_charges", machine.charged(machines.now()))
                : shown;
    }

    private static Reply instance(int status, ObjectNode instance) {
        ObjectNode body = Json.object();
        body.set("instance", instance);
        return Reply.json(status, body);
    }
}
