package io.x402compute.vultr;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A place where machines run.
 *
 * @param id three letters, such as {@code ewr}
 * @param country ISO 3166-1 alpha-2
 * @param continent in English words
 * @param options what else is offered there, such as {@code ddos_protection}
 */
public record VultrRegion(String id, String city, String country, String continent, List<String> options) {

    static VultrRegion of(JsonNode json) {
        return new VultrRegion(
                Fields.text(json, "id"),
                Fields.text(json, "city"),
                Fields.text(json, "country"),
                Fields.text(json, "continent"),
                Fields.texts(json, "options"));
    }
}
