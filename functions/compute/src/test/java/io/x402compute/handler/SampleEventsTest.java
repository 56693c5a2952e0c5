package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.access.MadeApiKeys;
import io.x402compute.catalog.CatalogFixture;
import io.x402compute.catalog.FakeProvider;
import io.x402compute.http.ApiFunction;
import io.x402compute.http.FakeContext;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.http.QueueFunction;
import io.x402compute.http.ScheduledFunction;
import io.x402compute.inference.Job;
import io.x402compute.inference.MadeJobs;
import io.x402compute.instance.DynamoInstanceStore;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.InstanceStore;
import io.x402compute.instance.PaidSegment;
import io.x402compute.instance.Rentals;
import io.x402compute.payment.Claim;
import io.x402compute.payment.Credits;
import io.x402compute.payment.DynamoCredits;
import io.x402compute.payment.DynamoPaymentLedger;
import io.x402compute.payment.OrderBinding;
import io.x402compute.payment.OrderId;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.payment.Remedy;
import io.x402compute.payment.Tender;
import io.x402compute.store.Item;
import io.x402compute.store.LocalAws;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/**
 * Every file under {@code events/<function>/} is what its function may be invoked with. Its name begins with the status of the
 * answer, or with {@code ok} for a function that answers nobody, {@code failed} where the messages are to come again. What an error says is in {@code sample-errors.properties}.
 *
 * <p>They belong to a deployment in which wallet 1 (private key 1) rents one machine and has destroyed another, and wallet 3
 * rents a third. Four more of wallet 1 take no key: one is up, one boots, of one the password was shown, one is gone. Wallet 1
 * has made two API keys and revoked one, wallet 3 has made a third. Two orders of wallet 1 were credited.
 * Wallet 1 has placed an order that was delivered and one that was not, wallet 3 a third. Of wallet 1 one run waits, one is done, one is
 * done and not paid, and one is long over; of wallet 3 one waits.
 */
class SampleEventsTest {
    private static final Path EVENTS = Path.of("..", "..", "events");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // The records of a queue's event are written with a capital.
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .build();

    private static final Promises PROMISES = new Promises();
    private static final Map<String, Function<Application, ApiFunction>> API_FUNCTIONS = Map.ofEntries(
            Map.entry("list-plans", ListPlans::new),
            Map.entry("list-services", ListServices::new),
            Map.entry("estimate-run", EstimateRun::new),
            Map.entry("list-regions", ListRegions::new),
            Map.entry("list-images", ListImages::new),
            Map.entry("quote-price", QuotePrice::new),
            Map.entry("check-health", CheckHealth::new),
            Map.entry("provision-instance", ProvisionInstance::new),
            Map.entry("list-instances", ListInstances::new),
            Map.entry("get-instance", GetInstance::new),
            Map.entry("list-instance-events", ListInstanceEvents::new),
            Map.entry("extend-instance", ExtendInstance::new),
            Map.entry("destroy-instance", DestroyInstance::new),
            Map.entry("reveal-password", RevealPassword::new),
            Map.entry("start-instance", StartInstance::new),
            Map.entry("stop-instance", StopInstance::new),
            Map.entry("reboot-instance", RebootInstance::new),
            Map.entry("resize-instance", ResizeInstance::new),
            Map.entry("set-auto-extend", SetAutoExtend::new),
            Map.entry("create-api-key", CreateApiKey::new),
            Map.entry("list-api-keys", ListApiKeys::new),
            Map.entry("get-credit-balance", GetCreditBalance::new),
            Map.entry("get-account-balance", GetAccountBalance::new),
            Map.entry("run-inference", RunInference::new),
            Map.entry("list-credit-entries", ListCreditEntries::new),
            Map.entry("get-order", GetOrder::new),
            Map.entry("list-orders", ListOrders::new),
            Map.entry("get-job", GetJob::new),
            Map.entry("cancel-job", CancelJob::new),
            Map.entry("get-result", GetResult::new),
            Map.entry("top-up-credits", TopUpCredits::new),
            Map.entry("get-refund-policy", GetRefundPolicy::new),
            Map.entry("get-open-api", GetOpenApi::new),
            Map.entry("get-agent-guide", GetAgentGuide::new),
            Map.entry("list-paid-resources", ListPaidResources::new),
            Map.entry("verify-payment", VerifyPayment::new),
            Map.entry("settle-payment", SettlePayment::new),
            Map.entry("list-supported-kinds", ListSupportedKinds::new),
            Map.entry("serve-mcp", ServeMcp::new),
            Map.entry("revoke-api-key", RevokeApiKey::new));
    private static final Map<String, Function<Application, ScheduledFunction>> SCHEDULED_FUNCTIONS = Map.of(
            "refresh-catalog", RefreshCatalog::new,
            "refresh-models", RefreshModels::new,
            "expire-instances", ExpireInstances::new,
            "reconcile-provider", ReconcileProvider::new,
            "resume-orders", ResumeOrders::new,
            "watch-accounts", WatchAccounts::new);
    private static final Map<String, Function<Application, QueueFunction>> QUEUE_FUNCTIONS = Map.of(
            "work-jobs", WorkJobs::new);
    private static final Wallet WALLET_1 = new Wallet("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf");
    private static final Wallet WALLET_3 = new Wallet("0x6813eb9362372eef6200f3b1dbc3f819671cba69");
    private static final PaidSegment DAY = PaidSegment.ofHours("4d9b0d3a-1f0f-4f4b-8a5e-0c3b9a1d2e6f", 24,
            new Usdc(70_800));
    private static final String PAY_TO = "0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF";
    private static final String ERRORS = "sample-errors.properties";

    @RegisterExtension
    final LocalAws aws = new LocalAws();

    private final ManualClock clock = new ManualClock(Instant.parse("2026-02-18T00:00:00.123Z"));
    private final FakeProvider provider = new FakeProvider();
    private final CodelessChain chain = new CodelessChain();

    @BeforeEach
    void fillTheCatalogue() {
        CatalogFixture.fill(aws.table("catalog"), clock.instant());
        aws.secret("provider", "the-key");
        aws.secret("pepper", "the-pepper");
        aws.secret("password", "the-password-key");
        aws.secret("settlement", "0x" + "01".repeat(32));
        provider.plan("vc2-2c-4gb", "vc2", "20", "0.027", "ewr");
        provider.image(2284, "Ubuntu 24.04 LTS x64", "ubuntu");
    }

    @BeforeEach
    void rentOutMachines() {
        InstanceStore instances = new DynamoInstanceStore(aws.table("instances"));
        instances.insert(machine("5f0c7d5e-3c7b-4c7e-9a51-7d1f0a2b3c4d", WALLET_1).published());
        instances.insert(machine("0a4f1c68-8f0e-4f6b-b6a3-2d9f4f1f7e11", WALLET_3).published());
        instances.insert(machine("c1a9e7d2-55f4-4b1c-8d1e-6f0b9a3e2d77", WALLET_1)
                .terminating(InstanceState.DESTROYED, "owner_request", clock.instant())
                .absent(clock.instant(), clock.instant()).closed().unusedTimeGivenBack().published());
    }

    @BeforeEach
    void rentOutMachinesWithoutKeys() {
        Instant now = clock.instant();
        InstanceStore instances = new DynamoInstanceStore(aws.table("instances"));
        instances.insert(up(sent("e3d5a1b7-0c2f-4d6e-8a9b-1f2e3d4c5b60")));
        instances.insert(sent("e3d5a1b7-0c2f-4d6e-8a9b-1f2e3d4c5b61"));
        instances.insert(up(sent("e3d5a1b7-0c2f-4d6e-8a9b-1f2e3d4c5b62"))
                .revealed(now));
        instances.insert(up(sent("e3d5a1b7-0c2f-4d6e-8a9b-1f2e3d4c5b63"))
                .terminating(InstanceState.DESTROYED, "owner_request", now).published());
    }

    @BeforeEach
    void makeApiKeys() {
        String revoked = "7b1f4f0e-2a53-4a51-9d7a-5f3c1f0f9a02";
        new MadeApiKeys(aws.table("api-keys"), "the-pepper", clock.instant())
                .add("7b1f4f0e-2a53-4a51-9d7a-5f3c1f0f9a01", WALLET_1,
                        "x402c_ERERERERERERERERERERERERERERERERERERERERERG8SSDY")
                .add(revoked, WALLET_1, "x402c_IiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiKI_bkG")
                .revoke(revoked, WALLET_1)
                .add("7b1f4f0e-2a53-4a51-9d7a-5f3c1f0f9a03", WALLET_3,
                        "x402c_MzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMtvsxz");
    }

    @BeforeEach
    void creditOrders() {
        Credits credits = new DynamoCredits(aws.table("credits"));
        credits.give(WALLET_1, new Usdc(70_800), OrderId.of("9a3d2b1c-6f5e-4d4c-8b3a-2a1908f7e601"), "no_capacity",
                clock.instant().minusSeconds(60));
        credits.give(WALLET_1, new Usdc(1_699_200), OrderId.of("9a3d2b1c-6f5e-4d4c-8b3a-2a1908f7e602"),
                "provider_refused", clock.instant());
    }

    @BeforeEach
    void placeOrders() {
        Claim delivered = placed("0199f1a2-7b3c-7d4e-8f50-0a1b2c3d4e01", WALLET_1);
        Claim credited = placed("0199f1a2-7b3c-7d4e-8f50-0a1b2c3d4e02", WALLET_1);
        Claim elsewhere = placed("0199f1a2-7b3c-7d4e-8f50-0a1b2c3d4e03", WALLET_3);
        PaymentLedger ledger = new DynamoPaymentLedger(aws.table("payments"));
        ledger.claim(delivered.fulfilled().published());
        ledger.claim(credited.refundDue("no_capacity", Remedy.CREDIT).credited(clock.instant()).published());
        ledger.claim(elsewhere.fulfilled().published());
    }

    @BeforeEach
    void haveModelsRun() {
        MadeJobs jobs = new MadeJobs(aws.table("jobs"));
        Instant now = clock.instant();
        jobs.queued("3d2f1c84-6a0b-4e57-8c1d-9f0e2b7a5d01", WALLET_1, now);
        jobs.spoken("3d2f1c84-6a0b-4e57-8c1d-9f0e2b7a5d02", WALLET_1, now, true);
        jobs.spoken("3d2f1c84-6a0b-4e57-8c1d-9f0e2b7a5d03", WALLET_1, now, false);
        jobs.spoken("3d2f1c84-6a0b-4e57-8c1d-9f0e2b7a5d04", WALLET_1, now.minus(Job.KEPT), true);
        jobs.queued("3d2f1c84-6a0b-4e57-8c1d-9f0e2b7a5d05", WALLET_3, now);
    }

    private Claim placed(String order, Wallet payer) {
        OrderBinding machine = new OrderBinding(OrderId.of(order), "PROVISION", "5f0c7d5e-3c7b-4c7e-9a51-7d1f0a2b3c4d",
                "0f".repeat(32), "{}");
        return Claim.of(new PaymentKey("credits/" + order), new Tender.Credit(payer, new Usdc(1_699_200)), machine,
                clock.instant(), clock.instant()).settled("", clock.instant());
    }

    @AfterEach
    void closeWhatIsOutside() {
        provider.close();
        chain.close();
    }

    @ParameterizedTest
    @MethodSource
    void apiFunctionAnswersAsTheNameOfTheEventSays(String file) throws IOException {
        APIGatewayV2HTTPEvent event = MAPPER.readValue(EVENTS.resolve(file).toFile(), APIGatewayV2HTTPEvent.class);

        Map<String, Set<Item>> before = aws.contents();

        FakeContext context = new FakeContext();

        APIGatewayV2HTTPResponse response = API_FUNCTIONS.get(folder(file)).apply(application()).handleRequest(event,
                context);

        assertThat(response.getStatusCode()).as(response.getBody()).isEqualTo(Integer.parseInt(expectation(file)));
        PROMISES.assertKept(event, response);
        boolean isJson = response.getHeaders().get("Content-Type").equals("application/json");
        JsonNode body = isJson ? Json.readOwn(response.getBody()) : Json.object();
        if (response.getStatusCode() < 400) {
            // Clients take either for a failure.
            assertThat(body.has("error") || body.has("detail")).isFalse();
        } else {
            // JSON-RPC has an error of its own, with ours in it.
            boolean isRpc = body.has("jsonrpc");
            JsonNode ours = isRpc ? body.at("/error/data") : body;
            assertThat(body.at(isRpc ? "/error/message" : "/error").asText())
                    .isEqualTo(errors().getProperty(name(file)));
            assertThat(ours.path("code").asText()).matches("[a-z0-9_]+");
            assertThat(ours.path("request_id").asText()).isEqualTo(event.getRequestContext().getRequestId());
        }
        if (response.getStatusCode() == 402) {
            assertOneOfferInBothVersions(response);
        }
        assertSaysWhenToComeBack(response);
        assertNothingWritten(before, response.getStatusCode(), event.getHeaders().keySet(), body.has("access"));
        assertNothingSecretLogged(event, body, context);
    }

    private static void assertOneOfferInBothVersions(APIGatewayV2HTTPResponse response) throws IOException {
        JsonNode v1 = Json.readOwn(response.getBody());
        JsonNode v2 = Json.read(Base64.getDecoder().decode(response.getHeaders().get("PAYMENT-REQUIRED")));
        assertThat(v1.path("x402Version").intValue()).isEqualTo(1);
        assertThat(v2.path("x402Version").intValue()).isEqualTo(2);
        assertThat(v2.path("error")).isEqualTo(v1.path("error"));
        JsonNode offer = v1.path("accepts").path(0);
        assertThat(offer.path("maxAmountRequired").asText()).matches("[1-9][0-9]*")
                .isEqualTo(v2.path("accepts").path(0).path("amount").asText());
        assertThat(offer.path("resource").asText()).startsWith("https://a1b2c3d4e5.execute-api.")
                .isEqualTo(v2.path("resource").path("url").asText());
        assertThat(offer.path("payTo").asText()).isEqualTo(PAY_TO)
                .isEqualTo(v2.path("accepts").path(0).path("payTo").asText());
    }

    private static void assertSaysWhenToComeBack(APIGatewayV2HTTPResponse response) {
        // What has no body has nothing to come back for.
        if (Set.of(202, 425, 429, 503).contains(response.getStatusCode()) && !response.getBody().isEmpty()) {
            assertThat(response.getHeaders().get("Retry-After")).matches("[1-9][0-9]*");
        } else {
            assertThat(response.getHeaders()).doesNotContainKey("Retry-After");
        }
    }

    /**
     * But the nonce of whoever proved who he is, which is used up, and his call, which is counted, whatever he asked for.
     * And API keys, which requests that are served make and revoke, and any request uses.
     */
    private void assertNothingWritten(Map<String, Set<Item>> before, int status, Set<String> headers,
            boolean passwordShown) {
        Map<String, Set<Item>> after = aws.contents();
        if (status != 401) {
            before.remove("nonces");
            after.remove("nonces");
        }
        boolean hasAKey = headers.contains("x-api-key") || headers.contains("authorization");
        boolean usesAKey = hasAKey && !headers.contains("x-auth-address") && status != 401;
        if (status < 400 || usesAKey) {
            before.remove("api-keys");
            after.remove("api-keys");
        }
        if (passwordShown) {
            assertThat(after.remove("instances")).as("what was shown is gone").isNotEqualTo(before.remove("instances"));
        }
        assertThat(after).isEqualTo(before);
    }

    private static void assertNothingSecretLogged(APIGatewayV2HTTPEvent event, JsonNode body,
            FakeContext context) {
        assertThat(context.lines()).hasSize(1);
        Stream<String> sent = Stream
                .of("x-payment", "payment-signature", "x-auth-signature", "x-api-key", "authorization",
                        "sign-in-with-x")
                .map(event.getHeaders()::get);
        assertThat(context.lines().getFirst()).doesNotContain("destroy-1", "once-1", "order-1");
        Stream<String> shown = Stream.of(body.path("api_key"), body.at("/access/password")).map(JsonNode::textValue);
        List<String> secrets = Stream.concat(sent, shown)
                .filter(value -> value != null && !value.equals("0x")).toList();
        assertThat(secrets).noneMatch(secret -> context.lines().getFirst().contains(secret));
    }

    static Stream<String> apiFunctionAnswersAsTheNameOfTheEventSays() throws IOException {
        return files(API_FUNCTIONS.keySet().stream().sorted().toList());
    }

    @ParameterizedTest
    @MethodSource
    void scheduledFunctionDoesItsWork(String file) throws IOException {
        Map<?, ?> event = MAPPER.readValue(EVENTS.resolve(file).toFile(), Map.class);
        Map<String, Object> named = new LinkedHashMap<>();
        event.forEach((name, value) -> named.put(name.toString(), value));
        FakeContext context = new FakeContext();

        SCHEDULED_FUNCTIONS.get(folder(file)).apply(application()).handleRequest(named, context);

        assertThat(expectation(file)).isEqualTo("ok");
        assertThat(context.lines()).hasSize(1);
    }

    static Stream<String> scheduledFunctionDoesItsWork() throws IOException {
        return files(SCHEDULED_FUNCTIONS.keySet().stream().sorted().toList());
    }

    @ParameterizedTest
    @MethodSource
    void queueFunctionLeavesWhatTheNameOfTheEventSays(String file) throws IOException {
        SQSEvent event = MAPPER.readValue(EVENTS.resolve(file).toFile(), SQSEvent.class);
        FakeContext context = new FakeContext();

        SQSBatchResponse response = QUEUE_FUNCTIONS.get(folder(file)).apply(application()).handleRequest(event,
                context);

        List<String> ids = event.getRecords().stream().map(SQSEvent.SQSMessage::getMessageId).toList();
        assertThat(response.getBatchItemFailures()).extracting(BatchItemFailure::getItemIdentifier)
                .isEqualTo(expectation(file).equals("ok") ? List.of() : ids);
        assertThat(context.lines()).hasSameSizeAs(ids).allSatisfy(line -> assertThat(event.getRecords())
                .noneMatch(message -> line.contains(message.getBody()) || line.contains(message.getReceiptHandle())));
    }

    static Stream<String> queueFunctionLeavesWhatTheNameOfTheEventSays() throws IOException {
        return files(QUEUE_FUNCTIONS.keySet().stream().sorted().toList());
    }

    private Application application() {
        Map<String, String> environment = new LinkedHashMap<>(aws.environment());
        environment.put("PROVIDER_URL", provider.url().toString());
        environment.put("FACILITATOR", "onchain");
        environment.put("FACILITATOR_SERVICE", "on");
        environment.put("EVM_RPC_URL", chain.url().toString());
        environment.put("PAY_TO", PAY_TO);
        environment.put("INFERENCE_UPSTREAMS", "openai=" + provider.url() + "/inference");
        return new Application(environment, clock);
    }

    private Instance machine(String id, Wallet owner) {
        Instant ordered = clock.instant().minusSeconds(3600);
        return Instance.ordered(InstanceId.of(id), owner, Rentals.SPEC, DAY, ordered)
                .sending(ordered, ordered)
                .created(Rentals.machine())
                .up(Rentals.machine(), ordered);
    }

    private Instance sent(String id) {
        return Instance.ordered(InstanceId.of(id), WALLET_1, Rentals.KEYLESS, DAY, clock.instant())
                .sending(clock.instant(), clock.instant().plusSeconds(120),
                        Rentals.sealed(InstanceId.of(id), "the-password-key"));
    }

    private Instance up(Instance sent) {
        return sent.created(Rentals.machine()).up(Rentals.machine(), clock.instant()).published();
    }

    private static Properties errors() throws IOException {
        Properties errors = new Properties();
        try (InputStream file = SampleEventsTest.class.getResourceAsStream(ERRORS)) {
            errors.load(file);
        }
        return errors;
    }

    private static String name(String file) {
        return file.replace(".json", "");
    }

    private static String folder(String file) {
        return file.substring(0, file.indexOf('/'));
    }

    private static String expectation(String file) {
        return file.substring(file.indexOf('/') + 1, file.indexOf('-', file.indexOf('/')));
    }

    private static Stream<String> files(List<String> folders) throws IOException {
        Stream.Builder<String> files = Stream.builder();
        for (String folder : folders) {
            try (Stream<Path> list = Files.list(EVENTS.resolve(folder))) {
                list.map(path -> folder + "/" + path.getFileName()).sorted().forEach(files);
            }
        }
        return files.build();
    }
}
