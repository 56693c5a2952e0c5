package io.x402compute.local.provider;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** The provider's price lists, which need no key. */
final class InventoryRoutes {
    private static final List<String> TYPES = List.of("all", "vbm", "vdc", "vhp", "vhf", "vc2", "voc", "vcg", "vdg",
            "vdm",
            "vx1", "voc-g", "voc-s", "voc-c", "voc-m");
    /** Whole-card GPU plans: only for those who ask for them, and in stock only for those with a key. */
    private static final String UNLISTED = "vdm";

    private final Inventory inventory;
    private final Listing listing;

    InventoryRoutes(Inventory inventory, Listing listing) {
        this.inventory = inventory;
        this.listing = listing;
    }

    void addTo(Routes routes) {
        routes.open("GET", "/plans", call -> listing.of(call, "plans", plansOfType(type(call))));
        routes.open("GET", "/plans-metal", call -> listing.of(call, "plans_metal", inventory.metalPlans()));
        routes.open("GET", "/regions", call -> listing.of(call, "regions", inventory.regions()));
        routes.open("GET", "/regions/([^/]+)/availability", this::availability);
        routes.open("GET", "/os", call -> listing.of(call, "os", inventory.images()));
    }

    private Reply availability(Call call) {
        if (!inventory.hasRegion(call.id())) {
            throw Refused.badRequest("Invalid region.");
        }
        String type = type(call);
        ObjectNode body = Json.object();
        ArrayNode available = body.putArray("available_plans");
        if (!type.equals(UNLISTED) || call.keyed()) {
            plansOfType(type).stream().filter(plan -> inventory.available(plan, call.id()))
                    .forEach(plan -> available.add(plan.path("id").asText()));
        }
        if (type.equals("all") || type.equals("vbm")) {
            inventory.metalPlans().stream().filter(plan -> inventory.available(plan, call.id()))
                    .forEach(plan -> available.add(plan.path("id").asText()));
        }
        body.putArray("available_vpc_only_plans");
        return Reply.json(200, body);
    }

    private List<ObjectNode> plansOfType(String type) {
        return inventory.plans().stream().filter(plan -> isOfType(plan, type)).toList();
    }

    private static boolean isOfType(ObjectNode plan, String type) {
        String planType = plan.path("type").asText();
        return switch (type) {
            case "all" -> !planType.equals(UNLISTED);
            case "voc-g", "voc-s", "voc-c", "voc-m" -> plan.path("id").asText().startsWith(type);
            default -> planType.equals(type);
        };
    }

    private static String type(Call call) {
        String type = call.parameter("type").orElse("all");
        if (!TYPES.contains(type)) {
            throw Refused.badRequest("Please provide a valid type: " + String.join(", ", TYPES));
        }
        return type;
    }
}
