package io.x402compute.template;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class SchedulesTest {
    private final SynthesizedTemplate template = SynthesizedTemplate.read();

    @Test
    void everyRuleCallsTheAliasOfItsFunction() {
        Map<String, String> schedules = template.all("AWS::Events::Rule")
                .values()
                .stream()
                .collect(toMap(this::handlerOf, rule -> rule.path("ScheduleExpression").asText()));
        assertThat(schedules).isEqualTo(
                Map.of(
                        "ExpireInstances", "rate(1 minute)", "ResumeOrders", "rate(1 minute)", "RefreshCatalog",
                        "rate(5 minutes)", "ReconcileProvider", "rate(10 minutes)", "WatchAccounts",
                        "rate(5 minutes)"));
        assertThat(template.all("AWS::Events::Rule").values())
                .allSatisfy(rule -> assertThat(rule.path("State").asText()).isEqualTo("ENABLED"));
    }

    @Test
    void everyRuleMayCallItsAliasAndNoOther() {
        Map<String, String> allowed = template.all("AWS::Lambda::Permission")
                .values()
                .stream()
                .filter(permission -> permission.path("Principal").asText().equals("events.amazonaws.com"))
                .collect(
                        toMap(
                                permission -> SynthesizedTemplate.target(permission.path("SourceArn")),
                                permission -> template
                                        .handlerBehind(SynthesizedTemplate.target(permission.path("FunctionName")))));
        Map<String, String> called = template.all("AWS::Events::Rule")
                .entrySet()
                .stream()
                .collect(toMap(Map.Entry::getKey, rule -> handlerOf(rule.getValue())));
        assertThat(allowed).isEqualTo(called);
    }

    @Test
    void everyRunEndsBeforeTheNextOne() {
        assertThat(timeout("ExpireInstances")).isLessThan(60);
        assertThat(timeout("ResumeOrders")).isLessThan(60);
        assertThat(timeout("RefreshCatalog")).isLessThan(300);
        assertThat(timeout("WatchAccounts")).isLessThan(300);
        assertThat(timeout("ReconcileProvider")).isLessThan(600);
    }

    @Test
    void ticksDoNotPileUpBehindAnOutage() {
        assertThat(template.all("AWS::Events::Rule").values()).allSatisfy(rule -> {
            JsonNode retries = rule.at("/Targets/0/RetryPolicy");
            assertThat(retries.path("MaximumRetryAttempts").asInt(185)).isLessThanOrEqualTo(2);
            assertThat(retries.path("MaximumEventAgeInSeconds").asInt(86_400)).isLessThanOrEqualTo(600);
        });
        assertThat(template.all("AWS::Lambda::EventInvokeConfig")).hasSameSizeAs(template.all("AWS::Events::Rule"));
        assertThat(template.all("AWS::Lambda::EventInvokeConfig").values()).allSatisfy(config -> {
            assertThat(config.path("MaximumRetryAttempts").asInt(2)).isZero();
            assertThat(config.path("MaximumEventAgeInSeconds").asInt(21_600)).isLessThanOrEqualTo(600);
        });
    }

    @Test
    void undeliveredTicksAreKeptInAnEncryptedQueue() {
        JsonNode queue = template.properties("UndeliveredTicks");
        assertThat(queue.path("SqsManagedSseEnabled").asBoolean()).isTrue();
        assertThat(queue.path("MessageRetentionPeriod").asInt()).isEqualTo(14 * 24 * 3600);
        assertThat(template.all("AWS::Events::Rule").values()).allSatisfy(
                rule -> assertThat(SynthesizedTemplate.target(rule.at("/Targets/0/DeadLetterConfig/Arn")))
                        .isEqualTo("UndeliveredTicks"));
    }

    private String handlerOf(JsonNode rule) {
        assertThat(rule.path("Targets")).hasSize(1);
        return template.handlerBehind(SynthesizedTemplate.target(rule.at("/Targets/0/Arn")));
    }

    private int timeout(String handler) {
        return template.functions().get(handler).path("Timeout").asInt();
    }
}
