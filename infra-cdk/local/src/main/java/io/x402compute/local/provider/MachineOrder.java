package io.x402compute.local.provider;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** The body of a {@code POST /instances} or {@code POST /bare-metals} that the provider would carry out. */
final class MachineOrder {
    private static final List<String> IMAGE_SOURCES = List.of("os_id", "image_id", "app_id", "snapshot_id", "iso_id");
    private static final int MOST_TAGS = 50;

    private final MachineKind kind;
    private final JsonNode body;
    private final ObjectNode plan;
    private final String image;

    private MachineOrder(MachineKind kind, JsonNode body, ObjectNode plan, String image) {
        this.kind = kind;
        this.body = body;
        this.plan = plan;
        this.image = image;
    }

    /** @throws Refused with the provider's words where they are known */
    static MachineOrder of(MachineKind kind, JsonNode body, Inventory inventory) {
        OrderFields.check(body);
        if (!body.hasNonNull("region") || !body.hasNonNull("plan")) {
            throw Refused.badRequest("Bad request.");
        }
        if (IMAGE_SOURCES.stream().filter(body::hasNonNull).count() != 1) {
            throw Refused.badRequest("Server add failed: Please provide exactly one of os_id, image_id, app_id, "
                    + "snapshot_id, iso_id.");
        }
        if (!inventory.hasRegion(body.path("region").asText())) {
            throw Refused.badRequest("Invalid region.");
        }
        ObjectNode plan = plan(kind, body, inventory);
        String image = image(body, inventory);
        requireUserData(body);
        if (body.path("tags").size() > MOST_TAGS) {
            throw Refused.badRequest("Too many tags.");
        }
        return new MachineOrder(kind, body, plan, image);
    }

    MachineKind kind() {
        return kind;
    }

    /** What somebody else of the same account once ordered: the smallest of its kind, and nobody asks whether there is stock. */
    static MachineOrder ofSomebodyElse(MachineKind kind, String label, List<String> tags, Inventory inventory) {
        String plan = switch (kind) {
            case INSTANCE -> "vc2-1c-1gb";
            case BARE_METAL -> "vbm-4c-32gb";
        };
        ObjectNode body = Json.object().put("region", "ewr").put("plan", plan).put("os_id", 2284).put("label", label);
        tags.forEach(body.putArray("tags")::add);
        return new MachineOrder(kind, body, inventory.plan(kind, plan).orElseThrow(), image(body, inventory));
    }

    ObjectNode plan() {
        return plan;
    }

    /** As GPU machines are. */
    boolean hourlyInvoiced() {
        return plan.path("invoice_type").asText().equals("hourly");
    }

    /** The same with another label, other tags or other user data; what is absent or null stays. */
    MachineOrder with(JsonNode fields) {
        ObjectNode changed = body.deepCopy();
        if (fields.hasNonNull("tags")) {
            changed.remove("tag");
        }
        for (String field : List.of("label", "tags", "user_data")) {
            if (fields.hasNonNull(field)) {
                changed.set(field, fields.get(field));
            }
        }
        return new MachineOrder(kind, changed, plan, image);
    }

    MachineOrder onPlan(ObjectNode other) {
        ObjectNode changed = body.deepCopy();
        return new MachineOrder(kind, changed.set("plan", other.path("id")), other, image);
    }

    String text(String field) {
        return body.path(field).asText("");
    }

    /** The deprecated {@code tag} is still a tag. */
    List<String> tags() {
        List<String> tags = new ArrayList<>();
        body.path("tags").forEach(tag -> tags.add(tag.asText()));
        if (!text("tag").isEmpty()) {
            tags.add(text("tag"));
        }
        return List.copyOf(tags);
    }

    long number(String field) {
        return body.path(field).asLong(0);
    }

    boolean flag(String field) {
        return body.path(field).asBoolean();
    }

    /** The installed image's name. */
    String image() {
        return image;
    }

    private static ObjectNode plan(MachineKind kind, JsonNode body, Inventory inventory) {
        ObjectNode plan = inventory.plan(kind, body.path("plan").asText())
                .orElseThrow(() -> Refused.badRequest("Invalid plan chosen."));
        if (plan.path("storage_type").asText().equals("block_storage") && body.path("block_devices").isEmpty()) {
            throw Refused.badRequest("Server add failed: One or more block devices are required.");
        }
        if (!inventory.available(plan, body.path("region").asText())) {
            throw Refused.badRequest("Plan is not available in this location");
        }
        return plan;
    }

    /** Only images by number exist here: there are no snapshots, apps or uploads. */
    private static String image(JsonNode body, Inventory inventory) {
        if (!body.hasNonNull("os_id")) {
            throw Refused.badRequest("Server add failed: Invalid image.");
        }
        return inventory.image(body.path("os_id").longValue())
                .filter(image -> !image.path("family").asText().matches("iso|snapshot|backup|application"))
                .map(image -> image.path("name").asText())
                .orElseThrow(() -> Refused.badRequest("Server add failed: Invalid OS chosen."));
    }

    private static void requireUserData(JsonNode body) {
        try {
            Base64.getDecoder().decode(body.path("user_data").asText(""));
        } catch (IllegalArgumentException e) {
            throw Refused.badRequest("Server add failed: user_data must be base64 encoded.");
        }
    }
}
