package io.x402compute.local.template;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

/** Resolves CloudFormation's intrinsic functions to the values that hold in the local run. */
final class Intrinsics {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]+)}");

    private final JsonNode root;
    private final Parameters parameters;
    private final PhysicalNames names = new PhysicalNames(this);

    Intrinsics(JsonNode root, Parameters parameters) {
        this.root = root;
        this.parameters = parameters;
    }

    String text(JsonNode value) {
        JsonNode resolved = resolve(value);
        if (!resolved.isValueNode()) {
            throw new UnsupportedTemplateException("a structure where a text is expected: " + value);
        }
        return resolved.asText();
    }

    /** That value with every intrinsic in it replaced; a list stays a list. */
    JsonNode resolve(JsonNode value) {
        if (value.isArray()) {
            return list(value);
        }
        if (!value.isObject()) {
            return value;
        }
        if (value.size() == 1) {
            String function = value.fieldNames().next();
            if (function.equals("Ref") || function.startsWith("Fn::")) {
                return call(function, value.get(function));
            }
        }
        var copy = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(entry -> copy.set(entry.getKey(), resolve(entry.getValue())));
        return copy;
    }

    private JsonNode call(String function, JsonNode argument) {
        return switch (function) {
            case "Ref" -> TextNode.valueOf(reference(argument.asText()));
            case "Fn::GetAtt" -> TextNode.valueOf(attribute(argument));
            case "Fn::Join" -> TextNode.valueOf(
                    texts(argument.get(1)).collect(Collectors.joining(argument.get(0).asText())));
            case "Fn::Sub" -> TextNode.valueOf(substitute(argument));
            case "Fn::Select" -> resolve(argument.get(1)).get(argument.get(0).asInt());
            case "Fn::Split" -> split(argument.get(0).asText(), text(argument.get(1)));
            case "Fn::If" -> resolve(argument.get(holds(condition(argument.get(0).asText())) ? 1 : 2));
            default -> throw new UnsupportedTemplateException("the intrinsic function " + function);
        };
    }

    private String reference(String name) {
        return switch (name) {
            case "AWS::Region" -> PhysicalNames.REGION;
            case "AWS::AccountId" -> PhysicalNames.ACCOUNT;
            case "AWS::Partition" -> "aws";
            case "AWS::URLSuffix" -> "amazonaws.com";
            case "AWS::StackName" -> "local";
            case "AWS::StackId" -> PhysicalNames.arnOf("cloudformation", "stack/local/0");
            case "AWS::NoValue" -> "";
            default -> parameters.declares(name) ? parameters.value(name) : names.reference(name, resource(name));
        };
    }

    private String attribute(JsonNode argument) {
        List<String> path = argument.isArray() ? texts(argument).toList() : List.of(argument.asText().split("\\.", 2));
        return names.attribute(path.get(0), path.get(1), resource(path.get(0)));
    }

    private String substitute(JsonNode argument) {
        String pattern = argument.isArray() ? argument.get(0).asText() : argument.asText();
        JsonNode own = argument.isArray() ? argument.get(1) : JsonNodeFactory.instance.objectNode();
        return PLACEHOLDER.matcher(pattern).replaceAll(match -> Matcher.quoteReplacement(
                match.group(1).isEmpty() ? placeholder(match.group(2), own) : "${" + match.group(2) + "}"));
    }

    private String placeholder(String name, JsonNode own) {
        if (own.has(name)) {
            return text(own.get(name));
        }
        return name.contains(".") ? attribute(TextNode.valueOf(name)) : reference(name);
    }

    private boolean holds(JsonNode condition) {
        String operator = condition.fieldNames().next();
        JsonNode argument = condition.get(operator);
        return switch (operator) {
            case "Fn::Equals" -> text(argument.get(0)).equals(text(argument.get(1)));
            case "Fn::Not" -> !holds(argument.get(0));
            case "Fn::And" -> StreamSupport.stream(argument.spliterator(), false).allMatch(this::holds);
            case "Fn::Or" -> StreamSupport.stream(argument.spliterator(), false).anyMatch(this::holds);
            case "Condition" -> holds(condition(argument.asText()));
            default -> throw new UnsupportedTemplateException("the condition function " + operator);
        };
    }

    private JsonNode condition(String name) {
        return root.path("Conditions").path(name);
    }

    private JsonNode resource(String id) {
        JsonNode resource = root.path("Resources").path(id);
        if (resource.isMissingNode()) {
            throw new UnsupportedTemplateException("a reference to " + id + ", which the template does not have");
        }
        return resource;
    }

    private Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(resolve(list).spliterator(), false).map(this::text);
    }

    private JsonNode list(JsonNode values) {
        var copy = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> copy.add(resolve(value)));
        return copy;
    }

    private static JsonNode split(String delimiter, String text) {
        var parts = JsonNodeFactory.instance.arrayNode();
        List.of(text.split(Pattern.quote(delimiter), -1)).forEach(parts::add);
        return parts;
    }
}
