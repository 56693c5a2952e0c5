package io.x402compute.x402.protocol;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** JSON objects that are good but for one place, where anything may stand, or nothing. */
public final class DamagedJson {
    /** As they stand in a text, for not all of them can be said as a tree. */
    private static final List<String> STRANGE = List.of("null", "true", "0", "-1", "1e400", "1E-400", "-0.0",
            "99999999999999999999999999", "1" + "0".repeat(1_500), "1e999999999", "\"\"", "\"\\u0000\"", "\"\\ud800\"",
            "\"\\u202e0x00\"", "\"0x\"", "\"0xzz\"", "\"0x-1\"", "\"0x" + "f".repeat(70) + "\"", "\"-1\"", "\" 1\"",
            "\"\uff11\"", "[]", "{}", "[[]]", "{\"\":{}}",
            "[".repeat(900) + "]".repeat(900),
            "\"" + "f".repeat(4_000) + "\"", "\"eip155:8453\"", "\"solana\"", "NaN", "'x'", "//", "");

    private DamagedJson() {}

    public static Arbitrary<String> of(List<ObjectNode> good) {
        Arbitrary<String> other = Arbitraries.oneOf(Arbitraries.of(STRANGE),
                Arbitraries.strings().ofMaxLength(20).map(text -> WireJson.object().textNode(text).toString()));
        return Arbitraries.of(good).flatMap(sample -> Combinators
                .combine(Arbitraries.of(places(sample, JsonPointer.empty())), other)
                .as((place, value) -> replaced(sample, place, value)));
    }

    private static List<JsonPointer> places(JsonNode tree, JsonPointer at) {
        List<JsonPointer> places = new ArrayList<>();
        tree.properties().forEach(field -> {
            JsonPointer place = at.appendProperty(field.getKey());
            places.add(place);
            places.addAll(places(field.getValue(), place));
        });
        return places;
    }

    private static String replaced(ObjectNode sample, JsonPointer place, String value) {
        String mark = "@here@";
        ObjectNode copy = sample.deepCopy();
        ((ObjectNode) copy.at(place.head())).put(place.last().getMatchingProperty(), mark);
        return copy.toString().replace("\"" + mark + "\"", value);
    }
}
