package io.x402compute.local.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

/** The fields of {@code POST /instances} with their types. Others are ignored, as the provider does. */
final class OrderFields {
    private static final Map<String, Predicate<JsonNode>> TYPES = types();

    private OrderFields() {}

    /** @throws Refused for the first field of a wrong type */
    static void check(JsonNode body) {
        TYPES.forEach((field, type) -> {
            if (body.hasNonNull(field) && !type.test(body.get(field))) {
                throw field.equals("sshkey_id")
                        ? new Refused(404, "Invalid ssh key.")
                        : Refused.badRequest("Invalid " + field + ".");
            }
        });
    }

    private static Map<String, Predicate<JsonNode>> types() {
        Map<String, Predicate<JsonNode>> types = new LinkedHashMap<>();
        List.of("region", "plan", "image_id", "snapshot_id", "iso_id", "label", "hostname", "tag", "user_data")
                .forEach(field -> types.put(field, JsonNode::isTextual));
        List.of("os_id", "app_id")
                .forEach(field -> types.put(field, value -> value.isIntegralNumber() && value.canConvertToLong()));
        List.of("enable_ipv6", "disable_public_ipv4", "enable_vpc", "vpc_only", "ddos_protection", "activation_email")
                .forEach(field -> types.put(field, JsonNode::isBoolean));
        types.put("tags", OrderFields::isTexts);
        types.put("backups", value -> isOneOf(value, "enabled", "disabled"));
        types.put("user_scheme", value -> isOneOf(value, "root", "limited"));
        types.put("app_variables", JsonNode::isObject);
        types.put("block_devices", JsonNode::isArray);
        // These name other things of the account, and this account has none of them.
        List.of("script_id", "firewall_group_id", "reserved_ipv4", "ipxe_chain_url")
                .forEach(field -> types.put(field, value -> isOneOf(value, "")));
        List.of("sshkey_id", "attach_vpc")
                .forEach(field -> types.put(field, value -> isTexts(value) && value.isEmpty()));
        return types;
    }

    private static boolean isTexts(JsonNode value) {
        for (JsonNode entry : value) {
            if (!entry.isTextual()) {
                return false;
            }
        }
        return value.isArray();
    }

    private static boolean isOneOf(JsonNode value, String... words) {
        return value.isTextual() && List.of(words).contains(value.asText());
    }
}
