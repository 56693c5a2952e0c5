package io.x402compute.local.provider;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What faults do to the JSON of an answer. */
final class Edits {
    private Edits() {}

    /** Every field of that name, however deep. */
    static void remove(ObjectNode json, String field) {
        json.findParents(field).forEach(parent -> ((ObjectNode) parent).remove(field));
    }

    /** A list's next page becomes its first one. */
    static void toFirstPage(ObjectNode json) {
        if (json.at("/meta/links") instanceof ObjectNode links) {
            links.put("next", Listing.cursor(0));
        }
    }

    /** The same moments, in another offset. */
    static void moveDates(ObjectNode json, ZoneOffset offset) {
        for (JsonNode machine : json.findParents("date_created")) {
            OffsetDateTime date = OffsetDateTime.parse(machine.path("date_created").asText());
            ((ObjectNode) machine).put("date_created",
                    MachineJson.RFC_3339.format(date.withOffsetSameInstant(offset)));
        }
    }
}
