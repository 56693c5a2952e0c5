package io.x402compute.local.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;

/**
 * A template and the values of its parameters. Resources of types that have no part in the local run (log groups,
 * topics, permissions) are passed over; anything that does have a part and is not understood is an {@link
 * UnsupportedTemplateException}.
 */
public final class Template {
    private final Resources resources;
    private final Policies policies;
    private final HttpApi api;

    private Template(Resources resources) {
        this.resources = resources;
        this.policies = new Policies(resources);
        this.api = new HttpApi(resources);
    }

    /**
     * Reads a template in JSON.
     *
     * @param parameters values by name; what is not given takes the template's default
     */
    public static Template read(Path file, Map<String, String> parameters) {
        try {
            return of(Json.read(Files.readAllBytes(file)), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the template " + file, e);
        }
    }

    static Template of(JsonNode root, Map<String, String> parameters) {
        return new Template(
                new Resources(root, new Intrinsics(root, new Parameters(root.path("Parameters"), parameters))));
    }

    public List<LambdaFunction> functions() {
        return resources.ofType("AWS::Lambda::Function").map(this::function).toList();
    }

    public List<Route> routes() {
        return api.routes();
    }

    public Optional<Cors> cors() {
        return api.cors();
    }

    public List<Table> tables() {
        return Stream.concat(
                resources.ofType("AWS::DynamoDB::Table"),
                resources.ofType("AWS::DynamoDB::GlobalTable")).map(table -> Tables.read(table, resources)).toList();
    }

    /** The names of the event buses; the account's own, {@code default}, is not among them. */
    public List<String> eventBuses() {
        return resources.ofType("AWS::Events::EventBus").map(resources::name).toList();
    }

    public List<Queue> queues() {
        return resources.ofType("AWS::SQS::Queue").map(queue -> Queues.read(queue, resources)).toList();
    }

    /** The queues that call functions. */
    public List<EventSource> eventSources() {
        return resources.ofType("AWS::Lambda::EventSourceMapping")
                .map(mapping -> EventSources.read(mapping, resources)).toList();
    }

    /** The enabled rules that a schedule fires. */
    public List<Rule> schedules() {
        return resources.ofType("AWS::Events::Rule")
                .filter(rule -> rule.properties().has("ScheduleExpression"))
                .filter(rule -> rule.properties().path("State").asText("ENABLED").equals("ENABLED"))
                .map(this::rule)
                .toList();
    }

    /** The alarms of CloudWatch. */
    public List<MetricAlarm> alarms() {
        return resources.ofType("AWS::CloudWatch::Alarm").map(MetricAlarms::read).toList();
    }

    private LambdaFunction function(Resource function) {
        JsonNode properties = function.properties();
        String roleArn = properties.path("Role").asText();
        String role = roleArn.substring(roleArn.lastIndexOf('/') + 1);
        Map<String, String> environment = new LinkedHashMap<>();
        properties.path("Environment").path("Variables").properties()
                .forEach(variable -> environment.put(variable.getKey(), variable.getValue().asText()));
        return new LambdaFunction(
                function.id(),
                resources.name(function),
                properties.path("Handler").asText(),
                properties.at("/Code/S3Key").asText(),
                Duration.ofSeconds(properties.path("Timeout").asInt(3)),
                properties.path("MemorySize").asInt(128),
                environment,
                role,
                policies.of(role));
    }

    private Rule rule(Resource rule) {
        List<Rule.Target> targets = Resources.stream(rule.properties().path("Targets"))
                .map(target -> new Rule.Target(
                        resources.functionBehind(target.path("Arn").asText()),
                        target.path("Input").asText()))
                .toList();
        return new Rule(
                resources.name(rule),
                Rate.parse(rule.properties().path("ScheduleExpression").asText()),
                targets);
    }
}
