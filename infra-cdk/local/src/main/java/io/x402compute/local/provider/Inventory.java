package io.x402compute.local.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** What the provider sells: plans with prices and stock, regions, images. */
final class Inventory {
    private static final BigDecimal HOURS_A_MONTH = BigDecimal.valueOf(730);

    private final Map<String, ObjectNode> plans = read("plans.json", "id");
    private final Map<String, ObjectNode> metalPlans = read("plans-metal.json", "id");
    private final Map<String, ObjectNode> regions = read("regions.json", "id");
    private final Map<String, ObjectNode> images = read("os.json", "id");
    private final Set<Offer> soldOut = new HashSet<>();

    private record Offer(String plan, String region) {}

    Inventory() {
        for (JsonNode offer : resource("sold-out.json")) {
            soldOut.add(new Offer(offer.path("plan").asText(), offer.path("region").asText()));
        }
    }

    List<ObjectNode> plans() {
        return List.copyOf(plans.values());
    }

    List<ObjectNode> metalPlans() {
        return List.copyOf(metalPlans.values());
    }

    List<ObjectNode> regions() {
        return List.copyOf(regions.values());
    }

    List<ObjectNode> images() {
        return List.copyOf(images.values());
    }

    Optional<ObjectNode> plan(MachineKind kind, String id) {
        return Optional.ofNullable(switch (kind) {
            case INSTANCE -> plans.get(id);
            case BARE_METAL -> metalPlans.get(id);
        });
    }

    Optional<ObjectNode> image(long id) {
        return Optional.ofNullable(images.get(Long.toString(id)));
    }

    boolean hasRegion(String id) {
        return regions.containsKey(id);
    }

    /** Whether one could be had there right now. */
    boolean available(ObjectNode plan, String region) {
        return plan.path("deploy_ondemand").booleanValue() && isSoldIn(plan, region)
                && !soldOut.contains(new Offer(plan.path("id").asText(), region));
    }

    void setSoldOut(String plan, String region, boolean gone) {
        requireKnown(plan);
        if (gone) {
            soldOut.add(new Offer(plan, region));
        } else {
            soldOut.remove(new Offer(plan, region));
        }
    }

    /** The monthly price follows, as it does at the provider. */
    void setHourlyCost(String plan, BigDecimal cost) {
        requireKnown(plan);
        plans.get(plan).put("hourly_cost", cost).put("monthly_cost",
                cost.multiply(HOURS_A_MONTH).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros());
    }

    /** Any fields of a plan, of either kind; those that are null it has no more. */
    void changePlan(String id, ObjectNode fields) {
        ObjectNode plan = Optional.ofNullable(plans.getOrDefault(id, metalPlans.get(id)))
                .orElseThrow(() -> new IllegalArgumentException("no such plan: " + id));
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (field.getValue().isNull()) {
                plan.remove(field.getKey());
            } else {
                plan.set(field.getKey(), field.getValue());
            }
        }
    }

    private void requireKnown(String plan) {
        if (!plans.containsKey(plan)) {
            throw new IllegalArgumentException("no such plan: " + plan);
        }
    }

    private static boolean isSoldIn(ObjectNode plan, String region) {
        for (JsonNode location : plan.path("locations")) {
            if (location.asText().equals(region)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, ObjectNode> read(String name, String key) {
        Map<String, ObjectNode> entries = new LinkedHashMap<>();
        for (JsonNode entry : resource(name)) {
            entries.put(entry.path(key).asText(), (ObjectNode) entry);
        }
        return entries;
    }

    private static JsonNode resource(String name) {
        try (InputStream in = Objects.requireNonNull(Inventory.class.getResourceAsStream(name), name)) {
            return Json.read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
