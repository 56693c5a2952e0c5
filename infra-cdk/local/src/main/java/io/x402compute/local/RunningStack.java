package io.x402compute.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import io.x402compute.local.alarm.AlarmState;
import io.x402compute.local.alarm.Alarms;
import io.x402compute.local.alarm.Metrics;
import io.x402compute.local.aws.AwsEndpoint;
import io.x402compute.local.aws.Callers;
import io.x402compute.local.aws.CapacityMeter;
import io.x402compute.local.aws.DynamoDbLocal;
import io.x402compute.local.aws.EventBuses;
import io.x402compute.local.aws.MessageQueues;
import io.x402compute.local.aws.PublishedEvent;
import io.x402compute.local.aws.Roles;
import io.x402compute.local.aws.Secrets;
import io.x402compute.local.aws.TableCreator;
import io.x402compute.local.function.CountedRuntime;
import io.x402compute.local.function.FunctionLog;
import io.x402compute.local.function.FunctionRuntime;
import io.x402compute.local.gateway.HttpGateway;
import io.x402compute.local.outside.OutsideCalls;
import io.x402compute.local.queue.QueueMetrics;
import io.x402compute.local.queue.QueuePollers;
import io.x402compute.local.schedule.ScheduledRule;
import io.x402compute.local.schedule.Schedules;
import io.x402compute.local.template.LambdaFunction;
import io.x402compute.local.template.Rule;
import io.x402compute.local.template.Template;

/**
 * A template that runs: its functions behind its routes and on its schedules, its tables, its event buses, its secrets.
 */
public final class RunningStack implements AutoCloseable {
    private final StartedParts parts;
    private final HttpGateway gateway;
    private final DynamoDbClient tables;
    private final EventBuses events;
    private final MessageQueues queues;
    private final FunctionLog log;
    private final Clock clock = new LocalClock();
    private final Metrics metrics = new Metrics();
    private final QueueMetrics queueMetrics;
    private final Alarms alarms;
    private final Roles roles;
    private final CapacityMeter capacity;
    private final Schedules schedules;
    private final QueuePollers pollers;
    private final String description;

    private RunningStack(
            StartedParts parts,
            HttpGateway gateway,
            Template template,
            Map<String, String> secretValues,
            Path logFile,
            FunctionRuntime.Starter runtime,
            OutsideCalls calls) {
        List<LambdaFunction> deployed = template.functions();
        this.parts = parts;
        this.gateway = gateway;
        DynamoDbLocal dynamoDb = parts.add(DynamoDbLocal.start());
        this.tables = parts.add(dynamoDb.client());
        TableCreator.create(tables, template.tables());
        this.events = new EventBuses(busNames(template), clock);
        this.queues = new MessageQueues(template.queues(), clock);
        this.queueMetrics = new QueueMetrics(queues, metrics);
        Callers callers = new Callers();
        this.log = parts.add(new FunctionLog(logFile, metrics::read));
        this.alarms = new Alarms(template.alarms(), metrics, clock.instant());
        this.roles = new Roles(deployed, log::add);
        this.capacity = new CapacityMeter(deployed);
        AwsEndpoint aws = parts.add(
                new AwsEndpoint(callers, roles, dynamoDb, events, queues, secrets(deployed, secretValues), capacity,
                        calls));
        FunctionRuntime started = parts
                .add(runtime.start(deployed, environments(deployed, callers, aws.uri()), log));
        FunctionRuntime functions = new CountedRuntime(started, deployed, (name, succeeded) -> metrics.add(
                "AWS/Lambda", "Errors", Map.of("FunctionName", name), clock.instant(), succeeded ? 0 : 1));
        gateway.serve(template.routes(), template.cors(), functions, clock);
        this.schedules = parts.add(new Schedules(clock, rules(template), functions::invoke));
        this.pollers = parts.add(new QueuePollers(template.eventSources(), queues, roles, functions));
        this.description = "%d functions, %d routes, %d tables, %d schedules".formatted(
                deployed.size(), template.routes().size(), template.tables().size(), template.schedules().size());
    }

    /**
     * Starts everything; no schedule fires yet.
     *
     * @param port of the HTTP API, 0 for any free one
     * @param template the template, given the HTTP API's base URL
     * @param secrets the secrets' values, by the environment variable that tells functions which secret to read
     * @param runtime where the functions run
     * @param calls through which every call passes that functions make to AWS
     */
    public static RunningStack start(
            int port,
            Function<URI, Template> template,
            Map<String, String> secrets,
            Path logFile,
            FunctionRuntime.Starter runtime,
            OutsideCalls calls) {
        StartedParts parts = new StartedParts();
        try {
            HttpGateway gateway = parts.add(HttpGateway.bind(port));
            return new RunningStack(parts, gateway, template.apply(gateway.url()), secrets, logFile, runtime,
                    calls);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** What is in it, for people. */
    public String description() {
        return description;
    }

    public URI url() {
        return gateway.url();
    }

    public Schedules schedules() {
        return schedules;
    }

    /** Whoever calls functions with what is in their queues. */
    public QueuePollers pollers() {
        return pollers;
    }

    /** The queues, whatever the functions may do with them. */
    public MessageQueues queues() {
        return queues;
    }

    /** All events published so far, oldest first. */
    public List<PublishedEvent> events() {
        return events.published();
    }

    /** The newest lines that functions logged, oldest first. */
    public List<String> logLines() {
        return log.lines();
    }

    /** What the functions measured of themselves and of everything else. */
    public Metrics metrics() {
        return metrics;
    }

    /** What CloudWatch would raise an alarm for, looked at now. */
    public List<AlarmState> lookAtAlarms() {
        Instant now = clock.instant();
        queueMetrics.measure(now);
        return alarms.lookAt(now);
    }

    /** Is told of each alarm that is raised or cleared. */
    public void onAlarm(Consumer<AlarmState> listener) {
        alarms.onChange(listener);
    }

    /** What the functions may do, and what of it they have done. */
    public Roles roles() {
        return roles;
    }

    /** What the functions have used of DynamoDB. */
    public CapacityMeter capacity() {
        return capacity;
    }

    /** A client that sees every table, whatever the functions may see. Closed with this stack. */
    public DynamoDbClient tables() {
        return tables;
    }

    @Override
    public void close() {
        parts.close();
    }

    private static Set<String> busNames(Template template) {
        Set<String> names = new HashSet<>(template.eventBuses());
        names.add("default");
        return names;
    }

    private static Secrets secrets(List<LambdaFunction> functions, Map<String, String> values) {
        Secrets secrets = new Secrets();
        values.forEach((variable, value) -> functions.stream()
                .map(function -> function.environment().get(variable))
                .filter(id -> id != null && !id.isEmpty())
                .forEach(id -> secrets.put(id, value)));
        return secrets;
    }

    private static Map<String, Map<String, String>> environments(
            List<LambdaFunction> functions,
            Callers callers,
            URI awsEndpoint) {
        Map<String, Map<String, String>> environments = new HashMap<>();
        for (LambdaFunction function : functions) {
            Map<String, String> environment = new HashMap<>(function.environment());
            environment.put("AWS_ENDPOINT_URL", awsEndpoint.toString());
            environment.put("AWS_REGION", "us-east-1");
            environment.put("AWS_ACCESS_KEY_ID", callers.accessKeyId(function.id()));
            environment.put("AWS_SECRET_ACCESS_KEY", Callers.SECRET_ACCESS_KEY);
            environments.put(function.id(), Map.copyOf(environment));
        }
        return environments;
    }

    private static List<ScheduledRule> rules(Template template) {
        Map<String, String> handlerNames = new HashMap<>();
        template.functions().forEach(function -> handlerNames.put(function.id(), function.handlerName()));
        return template.schedules().stream().map(rule -> rule(rule, handlerNames)).toList();
    }

    private static ScheduledRule rule(Rule rule, Map<String, String> handlerNames) {
        return new ScheduledRule(
                rule.name(),
                rule.period(),
                rule.targets().stream()
                        .map(target -> new ScheduledRule.Invocation(
                                target.functionId(),
                                handlerNames.get(target.functionId()),
                                target.input()))
                        .toList());
    }
}
