package io.x402compute.vultr;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An operating system image. Numbers of retired releases disappear, so they are never constants.
 *
 * @param id what {@code os_id} takes
 * @param family such as {@code ubuntu}; {@code iso}, {@code snapshot}, {@code backup} and {@code application} are no images
 *     of their own
 */
public record VultrImage(long id, String name, String arch, String family) {

    static VultrImage of(JsonNode json) {
        return new VultrImage(
                Fields.number(json, "id"),
                Fields.text(json, "name"),
                Fields.text(json, "arch"),
                Fields.text(json, "family"));
    }
}
