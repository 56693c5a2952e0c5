package io.x402compute.vultr;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A whole machine as the provider shows it. It has a list and paths of its own, no power and installation states, and tells
 * memory and disks as text for people. Its first password is a secret and is never read.
 *
 * @param id a UUID; letters, digits and hyphens
 * @param mainIp empty until there is one
 * @param status {@code pending}, {@code active}, {@code suspended}, …
 * @param created when, if the provider said so readably
 */
public record VultrBareMetal(
        String id,
        String plan,
        String region,
        String label,
        List<String> tags,
        String mainIp,
        String status,
        Optional<Instant> created) {

    static VultrBareMetal of(JsonNode json) throws VultrException {
        String id = Fields.text(json, "id");
        if (!InstanceIds.valid(id)) {
            throw new VultrException(Failure.unavailable("a bare-metal machine without a readable id"));
        }
        return new VultrBareMetal(
                id,
                Fields.text(json, "plan"),
                Fields.text(json, "region"),
                Fields.text(json, "label"),
                Fields.texts(json, "tags"),
                Fields.text(json, "main_ip"),
                Fields.text(json, "status"),
                Fields.instant(json, "date_created"));
    }
}
