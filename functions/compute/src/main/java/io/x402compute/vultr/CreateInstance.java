package io.x402compute.vultr;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/**
 * A machine to be made. Paid extras are always switched off: they are not in any price we quote.
 *
 * @param region the provider's region id
 * @param plan the provider's plan id
 * @param osId the provider's image number
 * @param label shown name; not unique at the provider
 * @param tags not unique either; at most 50
 * @param hostname empty to let the provider choose
 * @param userData base64 of what cloud-init gets, empty for nothing
 */
public record CreateInstance(
        String region, String plan, long osId, String label, List<String> tags, String hostname, String userData) {

    public CreateInstance {
        tags = List.copyOf(tags);
    }

    ObjectNode body() {
        ObjectNode body = Json.object()
                .put("region", region)
                .put("plan", plan)
                .put("os_id", osId)
                .put("label", label)
                .put("backups", "disabled")
                .put("ddos_protection", false)
                .put("activation_email", false);
        ArrayNode sent = body.putArray("tags");
        tags.forEach(sent::add);
        if (!hostname.isEmpty()) {
            body.put("hostname", hostname);
        }
        if (!userData.isEmpty()) {
            body.put("user_data", userData);
        }
        return body;
    }

    /** Without the user data, which is the customer's. */
    @Override
    public String toString() {
        return "CreateInstance[" + plan + " in " + region + ", os " + osId + ", label " + label + ", tags " + tags
                + "]";
    }
}
