package io.x402compute.template;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each function may do, and nothing beside it. */
class FunctionGrantsTest {
    private static final SynthesizedTemplate TEMPLATE = SynthesizedTemplate.read();

    /** Function: resource = actions, resource = actions. */
    private static final String GRANTS = """
            CheckHealth:       CatalogTable = GetItem
            GetRefundPolicy:
            ListPaidResources:
            GetOpenApi:
            GetAgentGuide:
            ListPlans:         CatalogTable = Query
            ListRegions:       CatalogTable = Query
            ListImages:        CatalogTable = Query
            QuotePrice:        NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             CatalogTable = GetItem Query, InstancesTable = GetItem
            ListInstances:     NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             InstancesTable = BatchGetItem, InstancesTable/index/owner = Query
            ListInstanceEvents: NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             InstancesTable = GetItem, InstancesTable/index/owner = Query
            GetInstance:       NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             InstancesTable = GetItem PutItem, ProviderKey = GetSecretValue, PasswordKey = GetSecretValue
            RevealPassword:    NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             InstancesTable = GetItem PutItem, ProviderKey = GetSecretValue, PasswordKey = GetSecretValue
            StartInstance:     NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             InstancesTable = GetItem PutItem, ProviderKey = GetSecretValue
            StopInstance:      NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             InstancesTable = GetItem PutItem, ProviderKey = GetSecretValue
            RebootInstance:    NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             InstancesTable = GetItem PutItem, ProviderKey = GetSecretValue
            ResizeInstance:    NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             CatalogTable = GetItem, InstancesTable = GetItem PutItem, ProviderKey = GetSecretValue
            SetAutoExtend:     NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             InstancesTable = GetItem PutItem
            DestroyInstance:   NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             InstancesTable = GetItem PutItem, CreditsTable = PutItem UpdateItem, ProviderKey = GetSecretValue
            ProvisionInstance: NoncesTable = GetItem PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             CatalogTable = GetItem Query, CreditsTable = GetItem PutItem UpdateItem,\
             InstancesTable = GetItem PutItem, PaymentsTable = GetItem PutItem UpdateItem,\
             ProviderKey = GetSecretValue, SettlementKey = GetSecretValue, RefundSecret else SettlementKey = GetSecretValue, ReceiptSecret else SettlementKey = GetSecretValue, CoinbaseSecret else SettlementKey = GetSecretValue, SolanaSecret else SettlementKey = GetSecretValue, PasswordKey = GetSecretValue
            ExtendInstance:    NoncesTable = GetItem PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             CatalogTable = GetItem, CreditsTable = GetItem PutItem UpdateItem,\
             InstancesTable = GetItem PutItem, PaymentsTable = GetItem PutItem UpdateItem,\
             SettlementKey = GetSecretValue, RefundSecret else SettlementKey = GetSecretValue, ReceiptSecret else SettlementKey = GetSecretValue, CoinbaseSecret else SettlementKey = GetSecretValue, SolanaSecret else SettlementKey = GetSecretValue
            ExpireInstances:   InstancesTable = GetItem PutItem, CreditsTable = GetItem PutItem UpdateItem,\
             PaymentsTable = GetItem PutItem, CatalogTable = GetItem,\
             InstancesTable/index/due = Query, ProviderKey = GetSecretValue, EventBus = PutEvents
            ResumeOrders:      CreditsTable = PutItem UpdateItem,\
             InstancesTable = GetItem PutItem, PaymentsTable = GetItem PutItem UpdateItem,\
             PaymentsTable/index/stuck = Query, ProviderKey = GetSecretValue, SettlementKey = GetSecretValue, RefundSecret else SettlementKey = GetSecretValue, CoinbaseSecret else SettlementKey = GetSecretValue, SolanaSecret else SettlementKey = GetSecretValue,\
             PasswordKey = GetSecretValue, EventBus = PutEvents, JobsTable = GetItem PutItem, JobsTable/index/due = Query, JobQueue = SendMessage
            ReconcileProvider: InstancesTable = GetItem PutItem, CreditsTable = PutItem UpdateItem,\
             InstancesTable/index/due = Query, ProviderKey = GetSecretValue, EventBus = PutEvents
            ListServices:      CatalogTable = Query
            EstimateRun:       CatalogTable = Query, ApiKeyPepper = GetSecretValue
            RefreshModels:     CatalogTable = Query PutItem,\
             InferenceSecret else arn:AWS::Partition:secretsmanager:AWS::Region:AWS::AccountId:secret:no-inference-keys = GetSecretValue
            RefreshCatalog:    CatalogTable = Query PutItem DeleteItem, ProviderKey = GetSecretValue
            WatchAccounts:     CatalogTable = GetItem, ProviderKey = GetSecretValue
            CreateApiKey:      NoncesTable = PutItem UpdateItem, ApiKeysTable = PutItem UpdateItem, ApiKeyPepper = GetSecretValue
            ListApiKeys:       NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             ApiKeysTable/index/owner = Query
            GetAccountBalance: NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             CreditsTable = GetItem, CreditsTable/index/owner = Query
            RunInference:      NoncesTable = GetItem PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             CatalogTable = Query, CreditsTable = GetItem PutItem UpdateItem, JobsTable = GetItem PutItem, JobQueue = SendMessage,\
             PaymentsTable = GetItem PutItem UpdateItem, InferenceSecret else arn:AWS::Partition:secretsmanager:AWS::Region:AWS::AccountId:secret:no-inference-keys = GetSecretValue,\
             SettlementKey = GetSecretValue, RefundSecret else SettlementKey = GetSecretValue, ReceiptSecret else SettlementKey = GetSecretValue, CoinbaseSecret else SettlementKey = GetSecretValue, SolanaSecret else SettlementKey = GetSecretValue
            GetCreditBalance:  NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             CreditsTable = GetItem
            ListCreditEntries: NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             CreditsTable/index/owner = Query
            GetOrder:          NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             PaymentsTable = GetItem, PaymentsTable/index/owner = Query, InstancesTable = GetItem
            ListOrders:        NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             PaymentsTable = BatchGetItem, PaymentsTable/index/owner = Query
            GetJob:            JobsTable = GetItem, PaymentsTable = GetItem
            CancelJob:         NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             JobsTable = GetItem PutItem
            GetResult:         JobsTable = GetItem
            TopUpCredits:      NoncesTable = GetItem PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             CreditsTable = GetItem PutItem UpdateItem, PaymentsTable = GetItem PutItem UpdateItem, SettlementKey = GetSecretValue,\
             RefundSecret else SettlementKey = GetSecretValue, ReceiptSecret else SettlementKey = GetSecretValue, CoinbaseSecret else SettlementKey = GetSecretValue, SolanaSecret else SettlementKey = GetSecretValue
            ServeMcp:          NoncesTable = GetItem PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem, ApiKeyPepper = GetSecretValue,\
             CatalogTable = GetItem Query, CreditsTable = GetItem PutItem UpdateItem, CreditsTable/index/owner = Query,\
             JobsTable = GetItem PutItem, JobQueue = SendMessage, InferenceSecret else arn:AWS::Partition:secretsmanager:AWS::Region:AWS::AccountId:secret:no-inference-keys = GetSecretValue,\
             InstancesTable = GetItem PutItem BatchGetItem, InstancesTable/index/owner = Query, PaymentsTable = GetItem PutItem UpdateItem,\
             ProviderKey = GetSecretValue, SettlementKey = GetSecretValue, RefundSecret else SettlementKey = GetSecretValue, ReceiptSecret else SettlementKey = GetSecretValue, CoinbaseSecret else SettlementKey = GetSecretValue, SolanaSecret else SettlementKey = GetSecretValue, PasswordKey = GetSecretValue
            VerifyPayment:     NoncesTable = UpdateItem, SolanaSecret else SettlementKey = GetSecretValue
            SettlePayment:     NoncesTable = UpdateItem, PaymentsTable = GetItem PutItem UpdateItem, SettlementKey = GetSecretValue,\
             SolanaSecret else SettlementKey = GetSecretValue
            ListSupportedKinds: NoncesTable = UpdateItem, SettlementKey = GetSecretValue
            WorkJobs:          JobQueue = ReceiveMessage DeleteMessage GetQueueAttributes ChangeMessageVisibility SendMessage,\
             JobsTable = GetItem PutItem, CatalogTable = Query,\
             InferenceSecret else arn:AWS::Partition:secretsmanager:AWS::Region:AWS::AccountId:secret:no-inference-keys = GetSecretValue
            RevokeApiKey:      NoncesTable = PutItem UpdateItem, ApiKeysTable = GetItem UpdateItem
            """;

    static Stream<Arguments> grants() {
        return GRANTS.lines().map(line -> line.split(":", 2)).map(line -> Arguments.of(line[0], parse(line[1])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("grants")
    void functionMayDoExactlyWhatItNeeds(String function, Map<String, Set<String>> expected) {
        Map<String, Set<String>> granted = new TreeMap<>();
        for (JsonNode statement : statements(TEMPLATE.functions().get(function))) {
            granted.computeIfAbsent(SynthesizedTemplate.target(statement.path("Resource")), resource -> new TreeSet<>())
                    .addAll(actions(statement));
        }
        Map<String, Set<String>> withLog = new TreeMap<>(expected);
        withLog.put(ownLog(function), Set.of("CreateLogStream", "PutLogEvents"));
        assertThat(granted).isEqualTo(withLog);
    }

    @Test
    void everyFunctionIsInTheTable() {
        assertThat(TEMPLATE.functions().keySet())
                .containsExactlyInAnyOrderElementsOf(grants().map(row -> (String) row.get()[0]).toList());
    }

    @Test
    void everyFunctionHasARoleOfItsOwnThatOnlyLambdaAssumes() {
        List<String> roles = TEMPLATE.functions()
                .values()
                .stream()
                .map(function -> SynthesizedTemplate.target(function.path("Role")))
                .toList();
        assertThat(roles).doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(TEMPLATE.all("AWS::IAM::Role").keySet());
        assertThat(TEMPLATE.all("AWS::IAM::Role").values()).allSatisfy(role -> {
            assertThat(role.at("/AssumeRolePolicyDocument/Statement")).hasSize(1);
            assertThat(role.at("/AssumeRolePolicyDocument/Statement/0/Principal/Service").asText())
                    .isEqualTo("lambda.amazonaws.com");
            assertThat(role.has("ManagedPolicyArns")).isFalse();
        });
        assertThat(TEMPLATE.all("AWS::IAM::Policy")).isEmpty();
        assertThat(TEMPLATE.all("AWS::IAM::ManagedPolicy")).isEmpty();
    }

    @Test
    void noRoleHasAWildcard() {
        assertThat(TEMPLATE.all("AWS::IAM::Role").values())
                .allSatisfy(role -> assertThat(role.path("Policies").toString()).doesNotContain("*"));
    }

    private static List<JsonNode> statements(JsonNode function) {
        List<JsonNode> statements = new ArrayList<>();
        JsonNode role = TEMPLATE.properties(SynthesizedTemplate.target(function.path("Role")));
        for (JsonNode policy : role.path("Policies")) {
            policy.at("/PolicyDocument/Statement").forEach(statements::add);
        }
        assertThat(statements).allSatisfy(statement -> {
            assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
            assertThat(statement.has("NotAction") || statement.has("NotResource")).isFalse();
        });
        return statements;
    }

    /** Without their service: it follows from the resource. */
    private static List<String> actions(JsonNode statement) {
        JsonNode action = statement.path("Action");
        List<String> names = new ArrayList<>();
        if (action.isTextual()) {
            names.add(action.asText());
        } else {
            action.forEach(one -> names.add(one.asText()));
        }
        return names.stream().map(name -> name.substring(name.indexOf(':') + 1)).toList();
    }

    private static String ownLog(String function) {
        return SynthesizedTemplate.target(TEMPLATE.functions().get(function).at("/LoggingConfig/LogGroup"));
    }

    private static Map<String, Set<String>> parse(String grants) {
        return Stream.of(grants.split(",", -1))
                .filter(grant -> !grant.isBlank())
                .map(grant -> grant.split("=", 2))
                .collect(toMap(grant -> grant[0].strip(),
                        grant -> Set.of(grant[1].strip().split(" ", -1))));
    }
}
