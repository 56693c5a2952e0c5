package io.x402compute.local.template;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The template's resources by type, resolved one by one so that what nobody asks for need not be understood. */
final class Resources {
    private static final Pattern FUNCTION_IN_ARN = Pattern.compile(":function:([A-Za-z0-9_-]+)");

    private final JsonNode root;
    private final Intrinsics intrinsics;

    Resources(JsonNode root, Intrinsics intrinsics) {
        this.root = root;
        this.intrinsics = intrinsics;
    }

    Stream<Resource> ofType(String type) {
        return root.path("Resources").properties().stream()
                .filter(entry -> entry.getValue().path("Type").asText().equals(type))
                .map(entry -> new Resource(
                        entry.getKey(),
                        intrinsics.resolve(entry.getValue().path("Properties"))));
    }

    /** A resource by what {@code Ref} gives for it. */
    Resource byName(String type, String name) {
        return ofType(type).filter(resource -> name(resource).equals(name))
                .findFirst()
                .orElseThrow(() -> new UnsupportedTemplateException("a reference to " + type + " " + name));
    }

    String name(Resource resource) {
        return intrinsics.text(reference("Ref", resource.id()));
    }

    /**
     * The logical id of the function that an ARN of it, of its version, of its alias, or an invocation path leads to.
     */
    String functionBehind(String arn) {
        Matcher function = FUNCTION_IN_ARN.matcher(arn);
        if (!function.find()) {
            throw new UnsupportedTemplateException("a target that is not a function: " + arn);
        }
        return byName("AWS::Lambda::Function", function.group(1)).id();
    }

    /** The logical id of the function that is called by that name, which may be an ARN, or end in an alias. */
    String functionCalled(String name) {
        return name.startsWith("arn:")
                ? functionBehind(name)
                : byName("AWS::Lambda::Function", name.split(":", 2)[0]).id();
    }

    static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** A list of texts, or one text alone, as IAM allows. */
    static List<String> texts(JsonNode list) {
        return list.isArray() ? stream(list).map(JsonNode::asText).toList() : List.of(list.asText());
    }

    private static ObjectNode reference(String function, String id) {
        return JsonNodeFactory.instance.objectNode().put(function, id);
    }
}
