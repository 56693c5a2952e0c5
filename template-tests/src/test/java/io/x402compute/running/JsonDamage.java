package io.x402compute.running;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** Spoils one place of a JSON object. */
final class JsonDamage {
    /** Stands where text is to be that no tree can hold, such as a field that is there twice. */
    private static final String PLACE = "\u0001place\u0001";

    private JsonDamage() {}

    /** The text of that object with one value replaced, changed, wrapped, doubled, added or left out. */
    static String of(ObjectNode whole, RandomGenerator random) {
        ObjectNode copy = whole.deepCopy();
        List<ObjectNode> objects = new ArrayList<>();
        collect(copy, objects);
        ObjectNode object = Nasty.any(objects, random);
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty() || random.nextInt(8) == 0) {
            return placed(copy, object, "added", Nasty.json(random));
        }
        String name = Nasty.any(names, random);
        JsonNode value = object.get(name);
        String written = Json.write(value);
        return switch (random.nextInt(6)) {
            case 0 -> {
                object.remove(name);
                yield Json.write(copy);
            }
            case 1 -> placed(copy, object, name, "[" + written + "]");
            case 2 -> placed(copy, object, name, written + ",\"" + name + "\":" + Nasty.json(random));
            case 3 -> {
                if (value.isTextual()) {
                    object.put(name, letterChanged(value.textValue(), random));
                }
                yield Json.write(copy);
            }
            default -> placed(copy, object, name, Nasty.json(random));
        };
    }

    private static String placed(ObjectNode whole, ObjectNode object, String name, String text) {
        object.put(name, PLACE);
        return Json.write(whole).replace(Json.write(Json.tree(PLACE)), text);
    }

    private static String letterChanged(String text, RandomGenerator random) {
        if (text.isEmpty()) {
            return "x";
        }
        StringBuilder changed = new StringBuilder(text);
        changed.setCharAt(random.nextInt(text.length()), Nasty.any(List.of('0', '1', 'f', 'x', '-', ' '), random));
        return changed.toString();
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(child -> collect(child, objects));
        }
    }
}
