package io.x402compute.local.provider;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** What can be done to an instance between its order and its end. The shape of a job is not published: {@code id}, {@code state}. */
final class InstanceChanges {
    private static final Duration UPGRADE = Duration.ofSeconds(30);
    private static final List<String> CHANGEABLE = List.of("label", "tags", "user_data", "plan");

    private final MachineRoutes instances;
    private final Machines machines;
    private final Inventory inventory;
    private final Map<String, Instant> jobs = new HashMap<>();

    InstanceChanges(MachineRoutes instances, Machines machines, Inventory inventory) {
        this.instances = instances;
        this.machines = machines;
        this.inventory = inventory;
    }

    void addTo(Routes routes) {
        routes.keyed("PATCH", "/instances/([A-Za-z0-9-]+)", this::change);
        routes.keyed("GET", "/instances/jobs/([A-Za-z0-9-]+)", this::job);
        routes.keyed("GET", "/instances/([A-Za-z0-9-]+)/user-data", this::userData);
        power(routes, "start", true);
        power(routes, "reboot", true);
        power(routes, "halt", false);
    }

    /** Each may be asked for again: a machine that is on already is left on, one that is off is left off. */
    private void power(Routes routes, String verb, boolean on) {
        routes.keyed("POST", "/instances/([A-Za-z0-9-]+)/" + verb, call -> {
            instances.visible(call).turn(on, verb, machines.now());
            return Reply.empty(204);
        });
        routes.keyed("POST", "/instances/" + verb, call -> {
            // All of them, or none.
            named(call).forEach(machine -> machine.turn(on, verb, machines.now()));
            return Reply.empty(204);
        });
    }

    private List<Machine> named(Call call) {
        JsonNode ids = call.json().path("instance_ids");
        if (!ids.isArray() || ids.isEmpty()) {
            throw Refused.badRequest("Invalid instance_ids.");
        }
        List<Machine> named = new ArrayList<>();
        ids.forEach(id -> named.add(instances.visible(call.withId(id.asText()))));
        return named;
    }

    private Reply change(Call call) {
        Machine machine = instances.visible(call);
        JsonNode fields = call.json();
        OrderFields.check(fields);
        fields.fieldNames().forEachRemaining(field -> {
            if (!CHANGEABLE.contains(field)) {
                throw Refused.badRequest("Not simulated: " + field + ".");
            }
        });
        Instant now = machines.now();
        ArrayNode started = Json.object().putArray("job_ids");
        if (fields.hasNonNull("plan")) {
            machine.upgrade(larger(machine.order(now), fields.path("plan").asText()), now, now.plus(UPGRADE));
            String job = UUID.nameUUIDFromBytes(("job " + jobs.size()).getBytes(StandardCharsets.UTF_8)).toString();
            jobs.put(job, now.plus(UPGRADE));
            started.add(job);
        }
        machine.change(fields);
        ObjectNode body = Json.object();
        body.set("instance", machine.show(now));
        body.set("job_ids", started);
        return Reply.json(202, body);
    }

    private ObjectNode larger(MachineOrder current, String id) {
        return inventory.plan(MachineKind.INSTANCE, id)
                .filter(plan -> inventory.available(plan, current.text("region")))
                .filter(plan -> plan.path("monthly_cost").decimalValue()
                        .compareTo(current.plan().path("monthly_cost").decimalValue()) > 0)
                .orElseThrow(() -> Refused.badRequest("Invalid plan chosen."));
    }

    private Reply job(Call call) {
        Instant done = jobs.get(call.id());
        if (done == null) {
            throw new Refused(404, "job not found");
        }
        return Reply.json(200, Json.object().put("id", call.id())
                .put("state", machines.now().isBefore(done) ? "processing" : "success"));
    }

    private Reply userData(Call call) {
        ObjectNode body = Json.object();
        body.putObject("user_data").put("data", instances.visible(call).order(machines.now()).text("user_data"));
        return Reply.json(200, body);
    }
}
