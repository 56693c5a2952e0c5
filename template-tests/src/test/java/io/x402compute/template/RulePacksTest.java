package io.x402compute.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the published rules found in the template while it was synthesized. */
class RulePacksTest {
    private static final Path SYNTHESIZED = Path.of("..", "infra-cdk", "stack", "target", "cdk.out");
    private static final List<String> PACKS = List.of("AwsSolutions", "Serverless");

    private final Map<String, String> ids = logicalIds();

    @ParameterizedTest
    @ValueSource(strings = {"AwsSolutions", "Serverless"})
    void everyFindingIsFixedOrAcknowledged(String pack) {
        List<Finding> findings = findings(pack).toList();

        assertThat(findings).as("the pack was applied").anyMatch(finding -> finding.state.equals("Compliant"));
        assertThat(findings).filteredOn(finding -> !Set.of("Compliant", "Suppressed").contains(finding.state))
                .as("open findings")
                .isEmpty();
    }

    @Test
    void noAcknowledgementOutlivesItsFinding() {
        Set<String> needed = PACKS.stream()
                .flatMap(this::findings)
                .filter(finding -> finding.state.equals("Suppressed"))
                .map(finding -> finding.rule + " of " + finding.resource)
                .collect(Collectors.toSet());

        assertThat(acknowledged()).isNotEmpty().allSatisfy(
                acknowledgement -> assertThat(needed).as("findings").contains(acknowledgement));
    }

    /** Also of the CDK itself. */
    @Test
    void synthesisWarnsOfNothing() {
        assertThat(read("X402Compute.metadata.json").properties()).allSatisfy(
                construct -> assertThat(construct.getValue())
                        .extracting(entry -> entry.path("type").asText())
                        .doesNotContain("aws:cdk:error", "aws:cdk:warning"));
    }

    private Stream<Finding> findings(String pack) {
        return stream(read(pack + "-X402Compute-NagReport.json").path("lines"))
                .map(line -> new Finding(
                        line.path("ruleId").asText(),
                        ids.getOrDefault("/" + line.path("resourceId").asText(), line.path("resourceId").asText()),
                        line.path("compliance").asText(),
                        line.path("ruleInfo").asText()));
    }

    private static List<String> acknowledged() {
        return read("X402Compute.template.json").path("Resources").properties().stream()
                .flatMap(
                        resource -> stream(resource.getValue().at("/Metadata/cdk_nag/rules_to_suppress"))
                                .map(rule -> rule.path("id").asText() + " of " + resource.getKey()))
                .toList();
    }

    /** By the path of the construct. */
    private static Map<String, String> logicalIds() {
        Map<String, String> ids = new HashMap<>();
        read("X402Compute.metadata.json").properties().forEach(
                construct -> stream(construct.getValue())
                        .filter(entry -> entry.path("type").asText().equals("aws:cdk:logicalId"))
                        .forEach(entry -> ids.put(construct.getKey(), entry.path("data").asText())));
        return ids;
    }

    private static JsonNode read(String file) {
        try {
            return new ObjectMapper().readTree(SYNTHESIZED.resolve(file).toFile());
        } catch (IOException e) {
            throw new IllegalStateException("package the stack module first: ./mvnw package", e);
        }
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** @param resource its logical id */
    private record Finding(String rule, String resource, String state, String info) {
        @Override
        public String toString() {
            return rule + " of " + resource + " is " + state + ": " + info;
        }
    }
}
