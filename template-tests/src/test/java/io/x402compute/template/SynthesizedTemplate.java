package io.x402compute.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The template that the stack module wrote, and short names for what its intrinsic functions point at. */
final class SynthesizedTemplate {
    private static final Path FILE = Path.of("..", "infra-cdk", "stack", "target", "cdk.out",
            "X402Compute.template.json");
    private static final String HANDLER_METHOD = "::handleRequest";

    private final JsonNode root;

    private SynthesizedTemplate(JsonNode root) {
        this.root = root;
    }

    static SynthesizedTemplate read() {
        if (!Files.exists(FILE)) {
            throw new IllegalStateException(FILE + " is missing; package the stack module first: ./mvnw package");
        }
        try {
            return new SynthesizedTemplate(new ObjectMapper().readTree(FILE.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode parameters() {
        return root.path("Parameters");
    }

    JsonNode outputs() {
        return root.path("Outputs");
    }

    JsonNode resource(String id) {
        return root.path("Resources").path(id);
    }

    JsonNode properties(String id) {
        return resource(id).path("Properties");
    }

    /** Properties by logical id, in the template's order. */
    Map<String, JsonNode> all(String type) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        root.path("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().equals(type)) {
                found.put(resource.getKey(), resource.getValue().path("Properties"));
            }
        });
        return found;
    }

    JsonNode only(String type) {
        Map<String, JsonNode> found = all(type);
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " resources of type " + type);
        }
        return found.values().iterator().next();
    }

    /** Properties of the functions by the simple name of their handler class. */
    Map<String, JsonNode> functions() {
        return all("AWS::Lambda::Function").values()
                .stream()
                .collect(Collectors.toMap(SynthesizedTemplate::handler, function -> function));
    }

    /** The handler behind a function's alias; fails when the id is not an alias of a published version. */
    String handlerBehind(String aliasId) {
        JsonNode alias = properties(aliasId);
        String versionId = target(alias.path("FunctionVersion"));
        if (!resource(aliasId).path("Type").asText().equals("AWS::Lambda::Alias")
                || !resource(versionId).path("Type").asText().equals("AWS::Lambda::Version")) {
            throw new IllegalStateException(aliasId + " is not an alias of a published version");
        }
        return handler(properties(target(properties(versionId).path("FunctionName"))));
    }

    static String handlerClass(JsonNode function) {
        String handler = function.path("Handler").asText();
        if (!handler.endsWith(HANDLER_METHOD)) {
            throw new IllegalStateException("Not a handler of ours: " + handler);
        }
        return handler.substring(0, handler.length() - HANDLER_METHOD.length());
    }

    static String handler(JsonNode function) {
        String name = handlerClass(function);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * What a value points at: the logical id of a {@code Ref} or {@code Fn::GetAtt}, with what a {@code Fn::Join} appends to it,
     * for example {@code InstancesTable/index/due}; of an {@code Fn::If}
     * both; a literal is itself.
     */
    static String target(JsonNode value) {
        if (value.has("Ref")) {
            return value.path("Ref").asText();
        }
        if (value.has("Fn::GetAtt")) {
            return value.path("Fn::GetAtt").path(0).asText();
        }
        if (value.has("Fn::Join")) {
            StringBuilder joined = new StringBuilder();
            value.path("Fn::Join").path(1).forEach(part -> joined.append(target(part)));
            return joined.toString();
        }
        if (value.has("Fn::If")) {
            JsonNode either = value.path("Fn::If");
            return target(either.path(1)) + " else " + target(either.path(2));
        }
        if (value.isTextual()) {
            return value.asText();
        }
        throw new IllegalStateException("Points at nothing we know: " + value);
    }
}
