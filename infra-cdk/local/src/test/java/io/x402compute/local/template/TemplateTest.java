package io.x402compute.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

import io.x402compute.http.Json;
import io.x402compute.local.Fixture;

class TemplateTest {
    private static final String TABLE_ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/NotesTable";
    private static final String SECRET_ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:Stamp";

    private static final String INBOX = "arn:aws:sqs:us-east-1:000000000000:Inbox";
    private static final String UNREAD = "arn:aws:sqs:us-east-1:000000000000:Unread";

    private final Template template = Fixture.template(Map.of("PublicUrl", "http://localhost:1"));

    @Test
    void functionsHaveTheirHandlerLimitsAndResolvedEnvironment() {
        LambdaFunction function = template.functions().getFirst();

        assertThat(function.id()).isEqualTo("KeepNote");
        assertThat(function.handlerClass()).isEqualTo("io.x402compute.local.sample.KeepNote");
        assertThat(function.handlerName()).isEqualTo("KeepNote");
        assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(29));
        assertThat(function.memoryMegabytes()).isEqualTo(1024);
        assertThat(function.environment()).containsOnly(
                Map.entry("NOTES_TABLE", "NotesTable"),
                Map.entry("EVENT_BUS", "notes"),
                Map.entry("STAMP_SECRET", SECRET_ARN),
                Map.entry("GREETING", "hello"),
                Map.entry("PUBLIC_URL", "http://localhost:1"));
    }

    @Test
    void aFunctionMayDoWhatInlineAndAttachedPoliciesOfItsRoleSay() {
        assertThat(template.functions().getFirst().statements())
                .extracting(Statement::allow, Statement::actions, Statement::resources)
                .containsExactly(
                        allowed("dynamodb:PutItem,dynamodb:GetItem", TABLE_ARN),
                        allowed("events:PutEvents", "arn:aws:events:us-east-1:000000000000:event-bus/notes"),
                        allowed("secretsmanager:GetSecretValue", SECRET_ARN),
                        allowed("dynamodb:Query", TABLE_ARN + "/index/author"));
        assertThat(template.functions().getFirst().role()).isEqualTo("KeepNoteRole");
        assertThat(template.functions().getLast().statements())
                .extracting(Statement::allow, Statement::actions, Statement::resources)
                .containsExactly(allowed("dynamodb:GetItem,dynamodb:UpdateItem", TABLE_ARN));
    }

    @Test
    void routesLeadThroughIntegrationAliasAndVersionToAFunction() {
        assertThat(template.routes()).containsExactly(
                new Route("POST /notes", "KeepNote", Duration.ofSeconds(30), Optional.of(new Throttle(20, 40))),
                new Route("GET /notes/{id}", "KeepNote", Duration.ofSeconds(5), Optional.of(new Throttle(0.5, 2))));
    }

    @Test
    void aRouteOfAnApiWithoutAStageHasTheLimitsOfTheGatewayOnly() {
        ObjectNode root = (ObjectNode) Fixture.json();
        ((ObjectNode) root.path("Resources")).remove("Stage");

        assertThat(Template.of(root, Map.of("PublicUrl", "")).routes().getFirst())
                .isEqualTo(new Route("POST /notes", "KeepNote"));
    }

    @Test
    void tablesHaveKeysIndexesAndTimeToLive() {
        assertThat(template.tables()).containsExactly(new Table(
                "NotesTable",
                Map.of("id", "S", "author", "S", "written_at", "N"),
                new Table.Key("id", Optional.empty()),
                List.of(new Table.Index(
                        "author",
                        new Table.Key("author", Optional.of("written_at")),
                        "KEYS_ONLY",
                        List.of())),
                Optional.of("expires_at")));
    }

    @Test
    void onlyEnabledSchedulesAreListed() {
        assertThat(template.schedules()).containsExactly(new Rule(
                "CountTicksRule",
                Duration.ofMinutes(5),
                List.of(new Rule.Target("CountTicks", ""))));
    }

    @Test
    void queuesHaveTheirTimesAndWhereTheirDeadLettersGo() {
        assertThat(template.queues()).containsExactly(
                new Queue("Inbox", INBOX, Duration.ofMinutes(2), Duration.ZERO, Duration.ofDays(1),
                        Optional.of(new Queue.Redrive(UNREAD, 2))),
                new Queue("Unread", UNREAD, Duration.ofSeconds(30), Duration.ZERO, Duration.ofDays(14),
                        Optional.empty()));
    }

    @Test
    void aQueueIsNamedToFunctionsByItsAddress() {
        assertThat(function("ReadInbox").environment())
                .containsEntry("INBOX", "https://sqs.us-east-1.amazonaws.com/000000000000/Inbox");
    }

    @Test
    void queuesThatCallFunctionsAreListed() {
        assertThat(template.eventSources()).containsExactly(new EventSource(INBOX, "ReadInbox", 3, 1, true));
    }

    @Test
    void messagesThatAreFilteredAreNotUnderstood() {
        ObjectNode root = (ObjectNode) Fixture.json();
        ((ObjectNode) root.at("/Resources/InboxSource/Properties")).putObject("FilterCriteria");

        assertThatThrownBy(() -> Template.of(root, Map.of("PublicUrl", "")).eventSources())
                .isInstanceOf(UnsupportedTemplateException.class).hasMessageContaining("FilterCriteria");
    }

    @Test
    void corsIsRead() {
        assertThat(template.cors()).contains(new Cors(
                List.of("*"),
                List.of("GET", "POST"),
                List.of("Content-Type", "X-PAYMENT"),
                List.of("PAYMENT-REQUIRED"),
                false,
                3600));
    }

    @Test
    void parametersAreHeldToTheTemplatesLimits() {
        assertThatThrownBy(() -> Fixture.template(Map.of("PublicUrl", "", "Greeting", "hey")).functions())
                .hasMessage("The template does not allow hey as Greeting");
    }

    @Test
    void aParameterWithoutAnyValueIsNamed() {
        assertThatThrownBy(() -> Fixture.template(Map.of()).functions()).hasMessageContaining("PublicUrl");
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        var root = Json.readOwn("""
                {"Resources": {"Daily": {"Type": "AWS::Events::Rule",
                  "Properties": {"ScheduleExpression": "cron(0 8 * * ? *)", "Targets": []}}}}""");

        assertThatThrownBy(() -> Template.of(root, Map.of()).schedules())
                .isInstanceOf(UnsupportedTemplateException.class)
                .hasMessageContaining("cron(0 8 * * ? *)");
    }

    private LambdaFunction function(String id) {
        return template.functions().stream().filter(function -> function.id().equals(id)).findFirst().orElseThrow();
    }

    private static Tuple allowed(String actions, String resource) {
        return tuple(true, List.of(actions.split(",", -1)), List.of(resource));
    }
}
