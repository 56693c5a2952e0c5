package io.x402compute.local.provider;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** The body of a {@code POST /instances} that the provider would carry out. */
final class MachineOrder {
    private static final BigDecimal HOURS_CHARGED_A_MONTH = BigDecimal.valueOf(672);
    private static final List<String> IMAGE_SOURCES = List.of("os_id", "image_id", "app_id", "snapshot_id", "iso_id");
    private static final int MOST_TAGS = 50;

    private final JsonNode body;
    private final ObjectNode plan;
    private final String image;
    private final BigDecimal hourlyCharge;

    private MachineOrder(JsonNode body, ObjectNode plan, String image) {
        this.body = body;
        this.plan = plan;
        this.image = image;
        this.hourlyCharge = charge(plan, body.path("region").asText());
    }

    /** @throws Refused with the provider's words where they are known */
    static MachineOrder of(byte[] sent, Inventory inventory) {
        JsonNode body = parse(sent);
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
        ObjectNode plan = plan(body, inventory);
        String image = image(body, inventory);
        requireUserData(body);
        if (body.path("tags").size() > MOST_TAGS) {
            throw Refused.badRequest("Too many tags.");
        }
        return new MachineOrder(body, plan, image);
    }

    ObjectNode plan() {
        return plan;
    }

    /** As GPU machines are. */
    boolean hourlyInvoiced() {
        return plan.path("invoice_type").asText().equals("hourly");
    }

    /** US dollars for each started hour; more than the listed hourly price where the month is invoiced. */
    BigDecimal hourlyCharge() {
        return hourlyCharge;
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

    /** Everything about the machine that its order decides. */
    ObjectNode describe(ObjectNode json) {
        json.put("os", image)
                .put("ram", plan.path("ram").intValue())
                .put("vcpu_count", plan.path("vcpu_count").intValue())
                .put("plan", text("plan"))
                .put("region", text("region"))
                .put("allowed_bandwidth", plan.path("bandwidth").intValue())
                .put("v6_network", "").put("v6_main_ip", "").put("v6_network_size", 0)
                .put("label", text("label"))
                .put("hostname", text("hostname").isEmpty() ? "vultr.guest" : text("hostname"))
                .put("internal_ip", "")
                .put("os_id", body.path("os_id").asLong(0))
                .put("app_id", body.path("app_id").asLong(0))
                .put("image_id", text("image_id"))
                .put("snapshot_id", text("snapshot_id"))
                .put("firewall_group_id", "")
                .put("user_scheme", text("user_scheme").isEmpty() ? "root" : text("user_scheme"))
                .put("vpc_only", false);
        ArrayNode tags = json.putArray("tags");
        tags().forEach(tags::add);
        ArrayNode features = json.putArray("features");
        if (body.path("ddos_protection").asBoolean()) {
            features.add("ddos_protection");
        }
        if (body.path("enable_ipv6").asBoolean()) {
            features.add("ipv6");
        }
        if (text("backups").equals("enabled")) {
            features.add("auto_backups");
        }
        return json;
    }

    private static JsonNode parse(byte[] sent) {
        try {
            JsonNode body = Json.read(sent);
            if (body.isObject()) {
                return body;
            }
        } catch (IOException e) {
            // Answered below, like any other body that is no object.
        }
        throw Refused.badRequest("Bad request.");
    }

    private static ObjectNode plan(JsonNode body, Inventory inventory) {
        ObjectNode plan = inventory.plan(body.path("plan").asText())
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

    private static BigDecimal charge(ObjectNode plan, String region) {
        JsonNode local = plan.path("location_cost").path(region);
        JsonNode costs = local.isObject() ? local : plan;
        BigDecimal listed = costs.path("hourly_cost").decimalValue();
        if (plan.path("invoice_type").asText().equals("hourly")) {
            return listed;
        }
        return listed.max(
                costs.path("monthly_cost").decimalValue().divide(HOURS_CHARGED_A_MONTH, 6, RoundingMode.CEILING));
    }
}
