package io.x402compute.template;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class StorageTest {
    private static final Set<String> DELETED_BY_TIME = Set.of("NoncesTable", "JobsTable");

    private final SynthesizedTemplate template = SynthesizedTemplate.read();

    /** The ids too: another id is another, empty, table. */
    @Test
    void tablesHaveTheKeysThatTheFunctionsUse() {
        assertThat(tables().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, table -> key(table.getValue(), table.getValue()))))
                .isEqualTo(
                        Map.of(
                                "InstancesTable", "id:S", "PaymentsTable", "key:S", "CreditsTable", "wallet:S entry:S",
                                "ApiKeysTable", "hash:S", "NoncesTable", "nonce:S", "CatalogTable", "kind:S id:S",
                                "JobsTable", "id:S"));
    }

    @Test
    void indexesAreThoseThatTheFunctionsQuery() {
        Map<String, String> indexes = new TreeMap<>();
        tables().forEach(
                (id, table) -> table.path("GlobalSecondaryIndexes")
                        .forEach(
                                index -> indexes.put(
                                        id + "/" + index.path("IndexName").asText(),
                                        key(table, index) + " " + index.at("/Projection/ProjectionType").asText())));
        assertThat(indexes).isEqualTo(
                Map.of(
                        "InstancesTable/owner", "owner:S created_at:N INCLUDE", "InstancesTable/due",
                        "due:S due_at:N KEYS_ONLY",
                        "ApiKeysTable/owner", "owner:S created_at:N ALL",
                        "CreditsTable/owner", "owner:S created_at:N ALL",
                        "PaymentsTable/stuck", "stuck:S stuck_at:N KEYS_ONLY",
                        "PaymentsTable/owner", "owner:S order_id:S KEYS_ONLY",
                        "JobsTable/due", "due:S due_at:N KEYS_ONLY"));
    }

    @Test
    void everyTableIsEncryptedRestorableAndOutlivesTheStack() {
        assertThat(tables()).allSatisfy((id, table) -> {
            assertThat(table.path("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
            assertThat(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled").asBoolean()).isTrue();
            assertThat(table.at("/SSESpecification/SSEEnabled").asBoolean()).isTrue();
            assertThat(table.path("DeletionProtectionEnabled").asBoolean()).isTrue();
            assertThat(template.resource(id).path("DeletionPolicy").asText()).isEqualTo("Retain");
            assertThat(template.resource(id).path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
        });
    }

    /** A claim that is deleted could be claimed again. */
    @Test
    void onlyNoncesAndRunsAreEverDeletedByTime() {
        assertThat(tables()).allSatisfy(
                (id, table) -> assertThat(table.at("/TimeToLiveSpecification/AttributeName").asText())
                        .isEqualTo(DELETED_BY_TIME.contains(id) ? "expires_at" : ""));
        assertThat(DELETED_BY_TIME).allSatisfy(id -> assertThat(
                template.properties(id).at("/TimeToLiveSpecification/Enabled").asBoolean()).isTrue());
    }

    private Map<String, JsonNode> tables() {
        return template.all("AWS::DynamoDB::Table");
    }

    /** Partition key, then sort key, each with its type. */
    private static String key(JsonNode table, JsonNode keyed) {
        Map<String, String> types = StreamSupport.stream(table.path("AttributeDefinitions").spliterator(), false)
                .collect(
                        toMap(attribute -> attribute.path("AttributeName").asText(),
                                attribute -> attribute.path("AttributeType").asText()));
        return StreamSupport.stream(keyed.path("KeySchema").spliterator(), false)
                .map(part -> part.path("AttributeName").asText())
                .map(name -> name + ":" + types.get(name))
                .collect(Collectors.joining(" "));
    }
}
