package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import org.crac.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.http.ApiFunction;
import io.x402compute.http.FakeContext;
import io.x402compute.http.RecordingResolver;
import io.x402compute.http.Requests;

/** A function is constructed and rehearsed before its snapshot is taken: by then it must not have called anybody. */
class PrimingTest {
    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("AWS_ENDPOINT_URL", "http://aws.invalid"), Map.entry("AWS_REGION", "us-east-1"),
            Map.entry("AWS_ACCESS_KEY_ID", "x"), Map.entry("AWS_SECRET_ACCESS_KEY", "x"),
            Map.entry("INSTANCES_TABLE", "instances"), Map.entry("PAYMENTS_TABLE", "payments"),
            Map.entry("CREDITS_TABLE", "credits"), Map.entry("NONCES_TABLE", "nonces"),
            Map.entry("CATALOG_TABLE", "catalog"), Map.entry("EVENT_BUS", "bus"),
            Map.entry("JOBS_TABLE", "jobs"), Map.entry("JOB_QUEUE", "https://sqs.invalid/1/jobs"),
            Map.entry("INFERENCE_UPSTREAMS", "openai=https://inference.invalid/v1"),
            Map.entry("INFERENCE_SECRET", "inference"), Map.entry("PROVIDER_SECRET", "provider"),
            Map.entry("SETTLEMENT_SECRET", "settlement"),
            Map.entry("PROVIDER_URL", "https://provider.invalid/v2"), Map.entry("FACILITATOR", "onchain"),
            Map.entry("API_KEYS_TABLE", "api-keys"), Map.entry("PEPPER_SECRET", "pepper"),
            Map.entry("PASSWORD_SECRET", "password"), Map.entry("EVM_RPC_URL", "https://chain.invalid"),
            Map.entry("SOLANA_PAY_TO", "7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU"),
            Map.entry("SOLANA_FEE_PAYER", "9C6hybhQ6Aycep9jaUnP6uL9ZYvDjUp1aSkFWPUFJtpj"),
            Map.entry("SOLANA_RPC_URL", "https://solana.invalid"), Map.entry("SOLANA_SECRET", "solana"),
            Map.entry("FACILITATOR_SERVICE", "on"), Map.entry("PAY_TO", "0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF"));

    private static final List<Function<Map<String, String>, Resource>> FUNCTIONS = List.of(
            ListServices::new, EstimateRun::new, RefreshModels::new, ListPlans::new, ListRegions::new, ListImages::new,
            CheckHealth::new, RefreshCatalog::new,
            ProvisionInstance::new, ListInstances::new, GetInstance::new, ListInstanceEvents::new, ExtendInstance::new,
            DestroyInstance::new,
            SetAutoExtend::new, RevealPassword::new, QuotePrice::new, CreateApiKey::new, ListApiKeys::new,
            RevokeApiKey::new,
            GetCreditBalance::new, GetAccountBalance::new, RunInference::new, ListCreditEntries::new, TopUpCredits::new,
            GetOrder::new, ListOrders::new,
            GetRefundPolicy::new, GetOpenApi::new, GetAgentGuide::new, ListPaidResources::new, VerifyPayment::new,
            SettlePayment::new, ListSupportedKinds::new, GetJob::new, CancelJob::new, GetResult::new, ServeMcp::new,
            ExpireInstances::new, ReconcileProvider::new,
            ResumeOrders::new, WatchAccounts::new, WorkJobs::new);

    @BeforeEach
    void forgetEarlierTests() {
        RecordingResolver.asked();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void functionIsConstructedPrimedAndRestoredWithoutCallingAnybody(String name, Map<String, String> environment,
            Function<Map<String, String>, Resource> constructor) throws Exception {
        Resource function = constructor.apply(environment);
        function.beforeCheckpoint(null);
        function.afterRestore(null);

        assertThat(RecordingResolver.asked()).isEmpty();
    }

    static Stream<Arguments> functionIsConstructedPrimedAndRestoredWithoutCallingAnybody() {
        Map<String, String> remote = new LinkedHashMap<>(ENVIRONMENT);
        remote.put("FACILITATOR", "https://facilitator.invalid");
        return Stream.of(ENVIRONMENT, remote).flatMap(environment -> FUNCTIONS.stream()
                .map(constructor -> Arguments.of(
                        constructor.apply(environment).getClass().getSimpleName() + " with "
                                + environment.get("FACILITATOR"),
                        environment, constructor)));
    }

    @Test
    void nameThatIsAskedForWouldBeSeen() {
        assertThatThrownBy(() -> InetAddress.getAllByName("aws.invalid")).isInstanceOf(UnknownHostException.class);

        assertThat(RecordingResolver.asked()).containsExactly("aws.invalid");
    }

    @Test
    void rehearsalServesFromEmptyTablesWithoutLeavingTheProcess() {
        Application rehearsal = new Application(ENVIRONMENT).rehearsal();

        assertThat(
                new ListPlans(rehearsal).handleRequest(Requests.event("GET", "/compute/plans", ""), new FakeContext())
                        .getBody())
                .isEqualTo("{\"plans\":[],\"count\":0}");
        assertThat(new CheckHealth(rehearsal).handleRequest(Requests.event("GET", "/health", ""), new FakeContext())
                .getBody()).contains("catalog_stale");
        assertThat(RecordingResolver.asked()).isEmpty();
    }

    /** A rehearsal that stops at the door would leave everything behind it cold. */
    @Test
    void theRehearsedSignatureAndPaymentReallyHold() {
        Application rehearsal = new Application(ENVIRONMENT).rehearsal();

        assertThat(answer(new ListInstances(rehearsal), "GET", RehearsedRequests.LIST, RehearsedRequests.SIGNED, "")
                .getStatusCode()).isEqualTo(200);
        // There is no such plan, and no chain to ask whether the money came all the same.
        assertThat(answer(new ProvisionInstance(rehearsal), "POST", "/compute/provision", RehearsedRequests.PAYING,
                RehearsedRequests.PROVISION).getBody()).contains("payment_network_unavailable");
        assertThat(answer(new CreateApiKey(rehearsal), "POST", RehearsedRequests.KEYS, RehearsedRequests.SIGNED_KEY,
                RehearsedRequests.KEY).getStatusCode()).isEqualTo(201);
    }

    private static APIGatewayV2HTTPResponse answer(ApiFunction function, String method, String path,
            Map<String, String> headers, String body) {
        APIGatewayV2HTTPEvent event = Requests.event(method, path, body);
        event.setHeaders(headers);
        return function.handleRequest(event, new FakeContext());
    }
}
