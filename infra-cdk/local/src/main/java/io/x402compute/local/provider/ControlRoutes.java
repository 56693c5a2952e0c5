package io.x402compute.local.provider;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.http.Command;

/** What the simulator can be told to do, over HTTP: each command is one call of {@link ProviderSimulator}, and takes no key. */
final class ControlRoutes {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ProviderSimulator provider;

    ControlRoutes(ProviderSimulator provider) {
        this.provider = provider;
    }

    void addTo(Routes routes) {
        routes.open("GET", "/faults", call -> faults());
        routes.open("DELETE", "/faults", call -> heal());
        routes.open("GET", "/machines", call -> list("machines", provider.machines(), ControlRoutes::describe));
        routes.open("GET", "/requests", call -> list("requests", provider.requests(), ControlRoutes::describe));
        routes.open("GET", "/bill", call -> Reply.json(200, Json.object().put("us_dollars", provider.bill())
                .put("live_machines", provider.liveMachines().size())));
        command(routes, "/faults", call -> provider.inject(FaultCommand.read(call)));
        command(routes, "/stock", call -> stock(new Command(call.json(), "plan", "region", "available")));
        command(routes, "/prices", call -> price(new Command(call.json(), "plan", "hourly_cost")));
        command(routes, "/plans/([^/]+)", call -> provider.changePlan(call.id(), (ObjectNode) call.json()));
        command(routes, "/balance",
                call -> provider.setBalance(new Command(call.json(), "balance").dollars("balance")));
        command(routes, "/limits", call -> limits(new Command(call.json(), "instances", "page")));
        command(routes, "/lag",
                call -> lag(new Command(call.json(), "get_seconds", "list_seconds", "destroyed_seconds")));
        machine(routes, "/machines", call -> add(new Command(call.json(), "kind", "label", "tags", "age_seconds")));
        machine(routes, "/twins", call -> provider.addTwin(new Command(call.json(), "operation").text("operation")));
        command(routes, "/machines/([A-Za-z0-9-]+)", call -> provider.hold(call.id(),
                held(new Command(call.json(), "status", "power_status", "server_status", "main_ip"))));
    }

    private Reply faults() {
        ObjectNode body = Json.object();
        ArrayNode can = body.putArray("faults");
        for (FaultCommand command : FaultCommand.values()) {
            can.add(command.describe());
        }
        ArrayNode waiting = body.putArray("waiting");
        provider.faults().forEach(fault -> waiting.add(Command.word(FaultCommand.of(fault))));
        return Reply.json(200, body);
    }

    private Reply heal() {
        provider.heal();
        return Reply.json(200, Json.object().put("done", true));
    }

    private void stock(Command command) {
        String plan = command.text("plan");
        String region = command.text("region");
        if (command.flag("available")) {
            provider.restock(plan, region);
        } else {
            provider.soldOut(plan, region);
        }
    }

    private void price(Command command) {
        provider.setHourlyCost(command.text("plan"), command.dollars("hourly_cost"));
    }

    private void limits(Command command) {
        provider.setInstanceLimit(command.number("instances", 0, Integer.MAX_VALUE, Integer.MAX_VALUE));
        provider.setLargestPage(command.number("page", 1, Listing.LARGEST_PAGE, Listing.LARGEST_PAGE));
    }

    private void lag(Command command) {
        provider.setLag(command.seconds("get_seconds", SECOND), command.seconds("list_seconds", SECOND));
        provider.setDestructionLag(command.seconds("destroyed_seconds", Duration.ZERO));
    }

    private SimulatedMachine add(Command command) {
        MachineKind kind = command.optionalText("kind").isEmpty()
                ? MachineKind.INSTANCE
                : command.oneOf("kind", MachineKind.values());
        return provider.add(kind, command.text("label", ""), command.texts("tags"),
                command.seconds("age_seconds", Duration.ZERO));
    }

    private static HeldState held(Command command) {
        return new HeldState(command.optionalText("status"), command.optionalText("power_status"),
                command.optionalText("server_status"), command.optionalText("main_ip"));
    }

    private static void command(Routes routes, String path, Consumer<Call> command) {
        answered(routes, path, call -> {
            command.accept(call);
            return Json.object().put("done", true);
        });
    }

    private static void machine(Routes routes, String path, Function<Call, SimulatedMachine> command) {
        answered(routes, path, call -> describe(command.apply(call)));
    }

    private static void answered(Routes routes, String path, Function<Call, ObjectNode> command) {
        routes.open("POST", path, call -> {
            try {
                return Reply.json(200, command.apply(call));
            } catch (IllegalArgumentException e) {
                throw Refused.badRequest(e.getMessage());
            }
        });
    }

    private static ObjectNode describe(SimulatedMachine machine) {
        ObjectNode json = Json.object()
                .put("id", machine.id())
                .put("kind", Command.word(machine.kind()))
                .put("plan", machine.plan())
                .put("region", machine.region())
                .put("label", machine.label())
                .put("created_at", machine.createdAt().toString())
                .put("live", machine.live())
                .put("power_status", machine.powerStatus())
                .put("charged", machine.charged());
        machine.destroyedAt().ifPresent(at -> json.put("destroyed_at", at.toString()));
        machine.tags().forEach(json.putArray("tags")::add);
        return json;
    }

    private static ObjectNode describe(LoggedRequest request) {
        return Json.object().put("method", request.method()).put("path", request.path()).put("query", request.query());
    }

    private static <T> Reply list(String name, List<T> entries, Function<T, ObjectNode> describe) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray(name);
        entries.forEach(entry -> list.add(describe.apply(entry)));
        return Reply.json(200, body);
    }
}
