package io.x402compute.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.x402compute.metric.Metric;
import io.x402compute.metric.MetricLine;

/** What wakes the operator, and where it says what to do then. */
class AlarmsTest {
    private static final SynthesizedTemplate TEMPLATE = SynthesizedTemplate.read();
    private static final Map<String, JsonNode> ALARMS = TEMPLATE.all("AWS::CloudWatch::Alarm");
    private static final Path RUNBOOK = Path.of("..", "functions", "adr", "runbook.md");
    private static final Pattern SECTION = Pattern.compile("(?m)^## (\\w+)$");
    private static final Pattern REFERENCE = Pattern.compile(" functions/adr/runbook\\.md#([a-z]+)$");
    private static final List<String> SCHEDULES = List.of("ExpireInstances", "ResumeOrders", "ReconcileProvider",
            "RefreshCatalog", "WatchAccounts", "RefreshModels");

    /** Counts and amounts of what has an age, and an alarm on that; and where the gas went, for when the alarm says that it goes. */
    private static final Set<Metric> COMPANIONS = EnumSet.of(Metric.UNFINISHED_ORDERS, Metric.UNDELIVERED_ORDERS,
            Metric.OPEN_REFUNDS, Metric.OPEN_REFUND_AMOUNT, Metric.ENDING_INSTANCES, Metric.FACILITATED_SETTLEMENTS,
            Metric.REFUSED_SETTLEMENTS);

    @ParameterizedTest
    @EnumSource
    void everyMetricHasAnAlarmOrAccompaniesOne(Metric metric) {
        boolean alarmed = ALARMS.values().stream().anyMatch(alarm -> isOurs(alarm)
                && alarm.path("MetricName").asText().equals(metric.wireName()));

        assertThat(alarmed).isNotEqualTo(COMPANIONS.contains(metric));
    }

    @Test
    void everyScheduleIsWatchedForSilenceFailuresAndThrottling() {
        assertThat(SCHEDULES).hasSameSizeAs(TEMPLATE.all("AWS::Events::Rule").keySet()).allSatisfy(schedule -> {
            JsonNode silent = ALARMS.get(schedule + "Silent");
            assertThat(silent.path("TreatMissingData").asText()).isEqualTo("breaching");
            assertThat(silent.at("/Dimensions/0/Value").asText()).isEqualTo(schedule);
            for (String counted : List.of("Errors", "Throttles")) {
                JsonNode alarm = ALARMS.get(schedule + counted);
                assertThat(alarm.path("MetricName").asText()).isEqualTo(counted);
                assertThat(alarm.at("/Dimensions/0/Value/Ref").asText()).isEqualTo(schedule);
            }
        });
    }

    @Test
    void onlySilenceIsBadNewsByItself() {
        assertThat(ALARMS).allSatisfy((name, alarm) -> assertThat(alarm.path("TreatMissingData").asText())
                .as(name).isIn(name.endsWith("Silent") ? List.of("breaching") : List.of("notBreaching", "ignore")));
    }

    @Test
    void noMetricIsOfAWalletOrAMachine() {
        assertThat(ALARMS.values()).filteredOn(AlarmsTest::isOurs).allSatisfy(
                alarm -> assertThat(alarm.path("Dimensions")).singleElement().satisfies(
                        dimension -> assertThat(dimension.path("Name").asText()).isEqualTo(MetricLine.DIMENSION)));
    }

    @Test
    void everyAlarmIsSentAndSaysInASentenceWhatItMeans() {
        assertThat(ALARMS).hasSizeGreaterThan(SCHEDULES.size()).allSatisfy((name, alarm) -> {
            assertThat(alarm.at("/AlarmActions/0/Ref").asText()).as(name).isEqualTo("AlarmTopic");
            assertThat(alarm.path("AlarmDescription").asText()).matches("[A-Z][^.]+\\. " + REFERENCE.pattern().strip());
        });
    }

    @Test
    void everyAlarmHasASectionOfTheRunbookAndEverySectionAnAlarm() throws IOException {
        Set<String> referred = ALARMS.values().stream()
                .flatMap(alarm -> REFERENCE.matcher(alarm.path("AlarmDescription").asText()).results())
                .map(match -> match.group(1)).collect(Collectors.toSet());

        assertThat(SECTION.matcher(Files.readString(RUNBOOK)).results().map((MatchResult match) -> match.group(1)
                .toLowerCase(Locale.ROOT))).containsExactlyInAnyOrderElementsOf(referred);
    }

    @Test
    void theRunbookNamesOnlyOutputsAndResourcesThatThereAre() throws IOException {
        assertThat(Pattern.compile("\\$\\(output (\\w+)\\)").matcher(Files.readString(RUNBOOK)).results()
                .map(match -> match.group(1))).isNotEmpty()
                .allSatisfy(output -> assertThat(TEMPLATE.outputs().has(output)).as(output).isTrue());
        assertThat(Pattern.compile("\\$\\(resource (\\w+)\\)").matcher(Files.readString(RUNBOOK)).results()
                .map(match -> match.group(1))).isNotEmpty()
                .allSatisfy(id -> assertThat(TEMPLATE.resource(id).isObject()).as(id).isTrue());
    }

    /** CloudWatch may not use the key that AWS keeps for topics; with it no alarm would ever arrive. */
    @Test
    void alarmsMayUseTheTopicAndItsKeyAndNobodyElseMay() {
        assertThat(TEMPLATE.only("AWS::SNS::Topic").at("/KmsMasterKeyId/Fn::GetAtt/0").asText())
                .isEqualTo("AlarmKey");
        assertThat(TEMPLATE.only("AWS::KMS::Key").path("EnableKeyRotation").asBoolean()).isTrue();
        assertThat(allowed(TEMPLATE.only("AWS::KMS::Key").at("/KeyPolicy/Statement")))
                .containsExactly("cloudwatch.amazonaws.com");
        assertThat(allowed(TEMPLATE.only("AWS::SNS::TopicPolicy").at("/PolicyDocument/Statement")))
                .containsExactly("cloudwatch.amazonaws.com");
    }

    @Test
    void mailIsSubscribedOnlyWhereAnAddressWasGiven() {
        assertThat(TEMPLATE.resource("AlarmSubscription").path("Condition").asText()).isEqualTo("AlarmEmailGiven");
    }

    private static boolean isOurs(JsonNode alarm) {
        return alarm.path("Namespace").asText().equals(MetricLine.NAMESPACE);
    }

    /** The services that a policy allows something to. */
    private static List<String> allowed(JsonNode statements) {
        return statements.valueStream().filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .filter(statement -> statement.path("Principal").has("Service"))
                .map(statement -> statement.at("/Principal/Service").asText()).toList();
    }
}
