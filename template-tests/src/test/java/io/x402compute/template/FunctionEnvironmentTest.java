package io.x402compute.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The variables of each function: only what it uses, and names of things, never their secrets. */
class FunctionEnvironmentTest {
    private static final SynthesizedTemplate TEMPLATE = SynthesizedTemplate.read();

    private static final String VARIABLES = """
            CheckHealth:       CATALOG_TABLE
            GetRefundPolicy:   REFUND_SECRET
            ListPaidResources: PUBLIC_URL X402_VERSIONS PAY_TO PERMIT2 EVM_NETWORK FACILITATOR SOLANA_PAY_TO SOLANA_FEE_PAYER INFERENCE_UPSTREAMS
            GetOpenApi:        PUBLIC_URL
            GetAgentGuide:     PUBLIC_URL
            ListPlans:         CATALOG_TABLE
            ListRegions:       CATALOG_TABLE
            ListImages:        CATALOG_TABLE
            QuotePrice:        NONCES_TABLE READS_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET INSTANCES_TABLE CATALOG_TABLE\
             PAY_TO EVM_NETWORK FACILITATOR SOLANA_PAY_TO SOLANA_FEE_PAYER MIN_HOURS MAX_HOURS
            ListInstances:     NONCES_TABLE READS_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET INSTANCES_TABLE
            ListInstanceEvents: NONCES_TABLE READS_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET INSTANCES_TABLE
            GetInstance:       NONCES_TABLE READS_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET INSTANCES_TABLE PROVIDER_SECRET PROVIDER_URL PROVIDER_REQUESTS_PER_SECOND\
             PASSWORD_SECRET
            RevealPassword:    NONCES_TABLE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET INSTANCES_TABLE PROVIDER_SECRET PROVIDER_URL PROVIDER_REQUESTS_PER_SECOND\
             PASSWORD_SECRET
            StartInstance:     NONCES_TABLE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET INSTANCES_TABLE PROVIDER_SECRET PROVIDER_URL PROVIDER_REQUESTS_PER_SECOND
            StopInstance:      NONCES_TABLE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET INSTANCES_TABLE PROVIDER_SECRET PROVIDER_URL PROVIDER_REQUESTS_PER_SECOND
            RebootInstance:    NONCES_TABLE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET INSTANCES_TABLE PROVIDER_SECRET PROVIDER_URL PROVIDER_REQUESTS_PER_SECOND
            ResizeInstance:    NONCES_TABLE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET INSTANCES_TABLE PROVIDER_SECRET PROVIDER_URL PROVIDER_REQUESTS_PER_SECOND\
             CATALOG_TABLE MIN_HOURS MAX_HOURS
            SetAutoExtend:     NONCES_TABLE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET INSTANCES_TABLE MIN_HOURS MAX_HOURS
            DestroyInstance:   NONCES_TABLE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET INSTANCES_TABLE CREDITS_TABLE PROVIDER_SECRET PROVIDER_URL PROVIDER_REQUESTS_PER_SECOND
            ProvisionInstance: NONCES_TABLE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET INSTANCES_TABLE PROVIDER_SECRET PROVIDER_URL PROVIDER_REQUESTS_PER_SECOND PAYMENTS_TABLE CREDITS_TABLE\
             CATALOG_TABLE SETTLEMENT_SECRET SETTLEMENT_FEE_CAP COINBASE_SECRET SMART_WALLET_FACTORIES SOLANA_PAY_TO SOLANA_FEE_PAYER SOLANA_RPC_URL SOLANA_SECRET SOLANA_FEE_CAP REFUND_SECRET PAY_TO EVM_NETWORK EVM_RPC_URL FACILITATOR X402_VERSIONS PERMIT2 MIN_HOURS MAX_HOURS\
             RECEIPT_SECRET PASSWORD_SECRET
            ExtendInstance:    NONCES_TABLE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET INSTANCES_TABLE PAYMENTS_TABLE CREDITS_TABLE\
             CATALOG_TABLE SETTLEMENT_SECRET SETTLEMENT_FEE_CAP COINBASE_SECRET SMART_WALLET_FACTORIES SOLANA_PAY_TO SOLANA_FEE_PAYER SOLANA_RPC_URL SOLANA_SECRET SOLANA_FEE_CAP REFUND_SECRET PAY_TO EVM_NETWORK EVM_RPC_URL FACILITATOR X402_VERSIONS PERMIT2 MIN_HOURS MAX_HOURS\
             RECEIPT_SECRET
            ExpireInstances:   INSTANCES_TABLE CREDITS_TABLE EVENT_BUS PROVIDER_SECRET PROVIDER_URL PROVIDER_REQUESTS_PER_SECOND\
             PAYMENTS_TABLE CATALOG_TABLE PAY_TO EVM_NETWORK FACILITATOR SOLANA_PAY_TO SOLANA_FEE_PAYER MIN_HOURS MAX_HOURS
            ResumeOrders:      INSTANCES_TABLE PAYMENTS_TABLE CREDITS_TABLE EVENT_BUS PROVIDER_SECRET PROVIDER_URL PROVIDER_REQUESTS_PER_SECOND\
             SETTLEMENT_SECRET SETTLEMENT_FEE_CAP COINBASE_SECRET SMART_WALLET_FACTORIES SOLANA_PAY_TO SOLANA_FEE_PAYER SOLANA_RPC_URL SOLANA_SECRET SOLANA_FEE_CAP REFUND_SECRET EVM_NETWORK EVM_RPC_URL FACILITATOR FACILITATOR_SERVICE PUBLIC_URL MIN_HOURS MAX_HOURS PASSWORD_SECRET\
             JOBS_TABLE JOB_QUEUE
            ReconcileProvider: INSTANCES_TABLE CREDITS_TABLE EVENT_BUS PROVIDER_SECRET PROVIDER_URL PROVIDER_REQUESTS_PER_SECOND
            ListServices:      CATALOG_TABLE INFERENCE_UPSTREAMS MARKUP_PERCENT
            EstimateRun:       CATALOG_TABLE INFERENCE_UPSTREAMS MARKUP_PERCENT HASH_PROOFS PEPPER_SECRET
            RefreshModels:     CATALOG_TABLE INFERENCE_UPSTREAMS INFERENCE_SECRET
            RefreshCatalog:    CATALOG_TABLE PROVIDER_SECRET PROVIDER_URL PROVIDER_REQUESTS_PER_SECOND MARKUP_PERCENT
            WatchAccounts:     CATALOG_TABLE PROVIDER_SECRET PROVIDER_URL PROVIDER_REQUESTS_PER_SECOND
            CreateApiKey:      NONCES_TABLE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET
            ListApiKeys:       NONCES_TABLE READS_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET
            GetAccountBalance: NONCES_TABLE READS_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET CREDITS_TABLE
            RunInference:      NONCES_TABLE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET PAYMENTS_TABLE CREDITS_TABLE CATALOG_TABLE JOBS_TABLE JOB_QUEUE\
             SETTLEMENT_SECRET SETTLEMENT_FEE_CAP COINBASE_SECRET SMART_WALLET_FACTORIES SOLANA_PAY_TO SOLANA_FEE_PAYER SOLANA_RPC_URL SOLANA_SECRET SOLANA_FEE_CAP REFUND_SECRET PAY_TO EVM_NETWORK EVM_RPC_URL FACILITATOR X402_VERSIONS PERMIT2 RECEIPT_SECRET\
             INFERENCE_UPSTREAMS INFERENCE_SECRET MARKUP_PERCENT HASH_PROOFS
            GetCreditBalance:  NONCES_TABLE READS_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET CREDITS_TABLE
            ListCreditEntries: NONCES_TABLE READS_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET CREDITS_TABLE
            GetOrder:          NONCES_TABLE READS_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET PAYMENTS_TABLE INSTANCES_TABLE
            ListOrders:        NONCES_TABLE READS_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET PAYMENTS_TABLE
            GetJob:            PUBLIC_URL JOBS_TABLE PAYMENTS_TABLE
            CancelJob:         NONCES_TABLE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET JOBS_TABLE
            GetResult:         PUBLIC_URL JOBS_TABLE
            TopUpCredits:      NONCES_TABLE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET PAYMENTS_TABLE CREDITS_TABLE\
             SETTLEMENT_SECRET SETTLEMENT_FEE_CAP COINBASE_SECRET SMART_WALLET_FACTORIES SOLANA_PAY_TO SOLANA_FEE_PAYER SOLANA_RPC_URL SOLANA_SECRET SOLANA_FEE_CAP REFUND_SECRET PAY_TO EVM_NETWORK EVM_RPC_URL FACILITATOR X402_VERSIONS PERMIT2 RECEIPT_SECRET
            ServeMcp:          NONCES_TABLE READS_PER_MINUTE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE PEPPER_SECRET INSTANCES_TABLE PROVIDER_SECRET PROVIDER_URL PROVIDER_REQUESTS_PER_SECOND PAYMENTS_TABLE CREDITS_TABLE\
             CATALOG_TABLE SETTLEMENT_SECRET SETTLEMENT_FEE_CAP COINBASE_SECRET SMART_WALLET_FACTORIES SOLANA_PAY_TO SOLANA_FEE_PAYER SOLANA_RPC_URL SOLANA_SECRET SOLANA_FEE_CAP REFUND_SECRET PAY_TO EVM_NETWORK EVM_RPC_URL FACILITATOR X402_VERSIONS PERMIT2 MIN_HOURS MAX_HOURS\
             RECEIPT_SECRET PASSWORD_SECRET INFERENCE_UPSTREAMS INFERENCE_SECRET MARKUP_PERCENT JOBS_TABLE JOB_QUEUE HASH_PROOFS
            VerifyPayment:     NONCES_TABLE FACILITATOR_SERVICE FACILITATOR_CALLS_PER_ADDRESS FACILITATOR_CALLS_PER_MINUTE FACILITATOR_MINIMUM\
             FACILITATOR_RECIPIENTS EVM_NETWORK EVM_RPC_URL FACILITATOR SOLANA_PAY_TO SOLANA_FEE_PAYER SOLANA_RPC_URL SOLANA_SECRET SOLANA_FEE_CAP
            SettlePayment:     NONCES_TABLE PAYMENTS_TABLE FACILITATOR_SERVICE FACILITATOR_CALLS_PER_ADDRESS FACILITATOR_CALLS_PER_MINUTE\
             FACILITATOR_MINIMUM FACILITATOR_RECIPIENTS EVM_NETWORK EVM_RPC_URL FACILITATOR SETTLEMENT_SECRET SETTLEMENT_FEE_CAP SOLANA_PAY_TO\
             SOLANA_FEE_PAYER SOLANA_RPC_URL SOLANA_SECRET SOLANA_FEE_CAP
            ListSupportedKinds: NONCES_TABLE FACILITATOR_SERVICE FACILITATOR_CALLS_PER_ADDRESS FACILITATOR_CALLS_PER_MINUTE EVM_NETWORK FACILITATOR\
             SOLANA_PAY_TO SOLANA_FEE_PAYER SETTLEMENT_SECRET
            WorkJobs:          JOB_QUEUE JOBS_TABLE CATALOG_TABLE INFERENCE_UPSTREAMS INFERENCE_SECRET MARKUP_PERCENT PUBLIC_URL
            RevokeApiKey:      NONCES_TABLE WRITES_PER_MINUTE PUBLIC_URL API_KEYS_TABLE
            """;

    private static final Map<String, String> REFERENCES = Map.ofEntries(
            Map.entry("INSTANCES_TABLE", "InstancesTable"), Map.entry("PAYMENTS_TABLE", "PaymentsTable"),
            Map.entry("CREDITS_TABLE", "CreditsTable"), Map.entry("NONCES_TABLE", "NoncesTable"),
            Map.entry("CATALOG_TABLE", "CatalogTable"), Map.entry("EVENT_BUS", "EventBus"),
            Map.entry("PROVIDER_SECRET", "ProviderKey"), Map.entry("SETTLEMENT_SECRET", "SettlementKey"),
            Map.entry("JOB_QUEUE", "JobQueue"), Map.entry("JOBS_TABLE", "JobsTable"),
            Map.entry("API_KEYS_TABLE", "ApiKeysTable"), Map.entry("PEPPER_SECRET", "ApiKeyPepper"),
            Map.entry("PASSWORD_SECRET", "PasswordKey"), Map.entry("REFUND_SECRET", "RefundSecret"),
            Map.entry("RECEIPT_SECRET", "ReceiptSecret"),
            Map.entry("SETTLEMENT_FEE_CAP", "SettlementFeeCap"), Map.entry("COINBASE_SECRET", "CoinbaseSecret"),
            Map.entry("PERMIT2", "Permit2"),
            Map.entry("SMART_WALLET_FACTORIES", "SmartWalletFactories"),
            Map.entry("SOLANA_PAY_TO", "SolanaPayTo"), Map.entry("SOLANA_FEE_PAYER", "SolanaFeePayer"),
            Map.entry("SOLANA_RPC_URL", "SolanaRpcUrl"), Map.entry("SOLANA_SECRET", "SolanaSecret"),
            Map.entry("SOLANA_FEE_CAP", "SolanaFeeCap"),
            Map.entry("PROVIDER_URL", "ProviderUrl"),
            Map.entry("INFERENCE_UPSTREAMS", "InferenceUpstreams"),
            Map.entry("INFERENCE_SECRET", "InferenceSecret"),
            Map.entry("PROVIDER_REQUESTS_PER_SECOND", "ProviderRequestsPerSecond"),
            Map.entry("FACILITATOR", "Facilitator"), Map.entry("FACILITATOR_SERVICE", "FacilitatorService"),
            Map.entry("FACILITATOR_MINIMUM", "FacilitatorMinimum"),
            Map.entry("FACILITATOR_RECIPIENTS", "FacilitatorRecipients"),
            Map.entry("FACILITATOR_CALLS_PER_ADDRESS", "FacilitatorCallsPerAddress"),
            Map.entry("FACILITATOR_CALLS_PER_MINUTE", "FacilitatorCallsPerMinute"),
            Map.entry("EVM_NETWORK", "EvmNetwork"), Map.entry("EVM_RPC_URL", "EvmRpcUrl"), Map.entry("PAY_TO", "PayTo"),
            Map.entry("X402_VERSIONS", "X402Versions"), Map.entry("MARKUP_PERCENT", "MarkupPercent"),
            Map.entry("MIN_HOURS", "MinHours"), Map.entry("MAX_HOURS", "MaxHours"),
            Map.entry("READS_PER_MINUTE", "ReadsPerMinute"), Map.entry("WRITES_PER_MINUTE", "WritesPerMinute"),
            Map.entry("HASH_PROOFS", "HashProofs"), Map.entry("PUBLIC_URL", "PublicUrl"));

    static Stream<Arguments> variables() {
        return VARIABLES.lines()
                .map(line -> line.split(":", 2))
                .map(line -> Arguments.of(line[0], Set.of(line[1].strip().split(" ", -1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variables")
    void functionIsToldOnlyWhatItUses(String function, Set<String> expected) {
        assertThat(variablesOf(TEMPLATE.functions().get(function)).propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyFunctionIsInTheTable() {
        assertThat(TEMPLATE.functions().keySet())
                .containsExactlyInAnyOrderElementsOf(variables().map(row -> (String) row.get()[0]).toList());
    }

    @Test
    void everyVariableIsAReferenceToWhatItNames() {
        assertThat(TEMPLATE.functions().values()).allSatisfy(
                function -> assertThat(variablesOf(function).properties()).allSatisfy(
                        variable -> assertThat(variable.getValue().path("Ref").asText())
                                .isEqualTo(REFERENCES.get(variable.getKey()))));
    }

    @Test
    void secretsAreKeptAndNoneIsInTheTemplate() {
        assertThat(TEMPLATE.all("AWS::SecretsManager::Secret").keySet())
                .containsExactlyInAnyOrder("ProviderKey", "SettlementKey", "ApiKeyPepper", "PasswordKey")
                .allSatisfy(secret -> {
                    assertThat(TEMPLATE.properties(secret).has("SecretString")).isFalse();
                    assertThat(TEMPLATE.resource(secret).path("DeletionPolicy").asText()).isEqualTo("Retain");
                    assertThat(TEMPLATE.resource(secret).path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
                });
    }

    @Test
    void onlyWhatNobodyIsToKnowIsMadeUpForTheOperator() {
        assertThat(TEMPLATE.properties("ProviderKey").has("GenerateSecretString")).isFalse();
        assertThat(TEMPLATE.properties("SettlementKey").has("GenerateSecretString")).isFalse();
        assertThat(List.of("ApiKeyPepper", "PasswordKey")).allSatisfy(secret -> {
            JsonNode made = TEMPLATE.properties(secret).path("GenerateSecretString");
            assertThat(made.path("PasswordLength").asInt()).isEqualTo(64);
            // Plain text: no field of a JSON object.
            assertThat(made.has("GenerateStringKey")).isFalse();
        });
    }

    private static JsonNode variablesOf(JsonNode function) {
        return function.at("/Environment/Variables");
    }
}
