package io.x402compute.local.template;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** What roles may do: the policies written into them and those attached to them. AWS-managed policies are not read. */
final class Policies {
    private final Resources resources;

    Policies(Resources resources) {
        this.resources = resources;
    }

    /** @param role the physical name of a role of this template */
    List<Statement> of(String role) {
        Stream<JsonNode> inline = resources.ofType("AWS::IAM::Role")
                .filter(resource -> resources.name(resource).equals(role))
                .flatMap(resource -> Resources.stream(resource.properties().path("Policies")));
        Stream<JsonNode> attached = Stream.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")
                .flatMap(resources::ofType)
                .map(Resource::properties)
                .filter(policy -> Resources.texts(policy.path("Roles")).contains(role));
        return Stream.concat(inline, attached)
                .flatMap(policy -> Resources.stream(policy.path("PolicyDocument").path("Statement")))
                .map(Policies::statement)
                .toList();
    }

    private static Statement statement(JsonNode statement) {
        for (String inverted : List.of("NotAction", "NotResource")) {
            if (statement.has(inverted)) {
                throw new UnsupportedTemplateException(inverted + " in a policy");
            }
        }
        return new Statement(
                statement.path("Effect").asText().equals("Allow"),
                Resources.texts(statement.path("Action")),
                Resources.texts(statement.path("Resource")),
                statement.path("Condition"));
    }
}
