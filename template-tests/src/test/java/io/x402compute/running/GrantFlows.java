package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import io.x402compute.http.Json;
import io.x402compute.inference.JobState;
import io.x402compute.local.aws.Grant;
import io.x402compute.local.aws.Roles;
import io.x402compute.local.client.Answer;
import io.x402compute.local.provider.Fault;
import io.x402compute.local.provider.ProviderSimulator;
import io.x402compute.local.provider.SimulatedMachine;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.WireJson;

/** Carries flows out, and fails when one does not come to what its function is there for. */
final class GrantFlows {
    /** Nothing that functions remember is remembered longer, no lease is, and every machine has booted. */
    private static final Duration UNTIL_FORGOTTEN = Duration.ofMinutes(6);
    /** What was only put aside is not back by then. */
    private static final Duration UNTIL_LOOKED_AT = Duration.ofSeconds(10);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofHours(MachineRequest.HOURS + 1L);
    /** With one more day it is as long as a lease may be. */
    private static final int LONGEST_LESS_A_DAY = 4320 - 24;

    private static final String KEYS = "/compute/api-keys";
    private static final String BALANCE = "/compute/credits/balance";
    private static final String ORDERS = "/compute/orders";
    private static final String ACCOUNT = "/account/balance";
    private static final String RUN = "/v1/run";
    private static final String TOP_UP = "/compute/credits/topup";
    private static final String CREDITS = "/compute/credits/entries";

    private final RunningCloud running;
    private final Agent agent;
    private final SolanaBuyer onSolana;
    private final Seller facilitator;
    private final KeptJobs jobs;
    private final ToolClient tools;
    /** The header that a key is sent in; empty without one. */
    private Map<String, String> key = Map.of();
    private String keyId = "";
    /** A machine that is to be destroyed; empty without one. */
    private String orphan = "";
    /** Whether the last flow can have left nothing to be finished. */
    private boolean finished;

    GrantFlows(RunningCloud running) {
        this.running = running;
        this.agent = running.agent(1);
        this.onSolana = new SolanaBuyer(running, 1);
        this.facilitator = new Seller(running);
        this.jobs = new KeptJobs(running);
        this.tools = new ToolClient(agent);
    }

    void run(GrantFlow flow) {
        finished = flow.onlyLooks();
        running.pass(UNTIL_FORGOTTEN);
        switch (flow) {
            case CHECK_HEALTH -> checkHealth();
            case LIST_PLANS -> browse("/compute/plans");
            case LIST_SERVICES -> browse("/catalog");
            case ESTIMATE_RUN -> browse("/catalog/estimate?service=llm-4090");
            case REFRESH_MODELS -> refreshModels();
            case LIST_REGIONS -> browse("/compute/regions");
            case LIST_IMAGES -> browse("/compute/os");
            case LIST_INSTANCES -> assertStatus(200, agent.signed("GET", "/compute/instances"));
            case LIST_EVENTS -> assertStatus(200, agent.signed("GET", MachineRequest.events(agent.machine())));
            case LIST_EVENTS_BY_KEY -> byKey(200, "GET", MachineRequest.events(agent.machine()));
            case WATCH_A_BOOT -> watchABoot();
            case START -> operate("start", Map.of());
            case START_BY_KEY -> operateByKey("start");
            case STOP -> operate("stop", Map.of());
            case STOP_BY_KEY -> operateByKey("stop");
            case REBOOT -> operate("reboot", Map.of());
            case REBOOT_BY_KEY -> operateByKey("reboot");
            case RESIZE -> operate("resize", Map.of());
            case RESIZE_BY_KEY -> operateByKey("resize");
            case SET_AUTO_EXTEND -> operate("auto-extend", Map.of());
            case SET_AUTO_EXTEND_BY_KEY -> operateByKey("auto-extend");
            case AUTO_EXTEND -> autoExtend();
            case DESTROY -> destroy();
            case PROVISION -> assertStatus(201, paySigned(PROVISION, MachineRequest.body()));
            case PROVISION_AGAIN -> provisionAgain();
            case OFFER_MACHINE -> assertOfferSigned(PROVISION, MachineRequest.body());
            case OFFER_TIME -> assertOfferSigned(MachineRequest.extend(agent.machine()), Json.object());
            case OFFER_CREDIT -> assertOfferSigned(TOP_UP, Json.object().put("amount", 1));
            case PROVISION_REFUSED_BY_PROVIDER -> provisionRefusedByProvider();
            case EXTEND -> extend();
            case EXTEND_TOO_FAR -> extendTooFar();
            case EXPIRE -> expire();
            case EXPIRE_A_LEASE_THAT_WAS_GIVEN_UP -> finishGivingBack();
            case RECONCILE -> reconcile();
            case RECONCILE_A_LOST_MACHINE -> reconcileALostMachine();
            case RESUME -> resume(MachineRequest.body());
            case RESUME_REFUSED_BY_PROVIDER -> resumeRefusedByProvider();
            case REFRESH -> refresh();
            case WATCH_ACCOUNTS -> watchAccounts();
            case CREATE_KEY -> createKey();
            case LIST_KEYS -> assertStatus(200, agent.signed("GET", KEYS));
            case REVOKE_KEY -> {
                createKey();
                assertStatus(200, revokeKey());
            }
            case LIST_KEYS_BY_KEY -> byKey(200, "GET", KEYS);
            case LIST_INSTANCES_BY_KEY -> byKey(200, "GET", "/compute/instances");
            case WATCH_BY_KEY -> byKey(200, "GET", MachineRequest.instance(agent.machine()));
            case DESTROY_BY_KEY -> byKey(200, "DELETE", MachineRequest.instance(agent.machine()));
            case PROVISION_BY_KEY -> byKey(402, "POST", PROVISION);
            case SEE_ACCOUNT -> assertStatus(200, agent.signed("GET", ACCOUNT));
            case SEE_ACCOUNT_BY_KEY -> byKey(200, "GET", ACCOUNT);
            case RUN -> assertStatus(200, paySigned(RUN, chat()));
            case RUN_BY_KEY -> runByKey();
            case RUN_UNDER_A_KEY -> underAKey(RUN, chat());
            case RUN_ON_SOLANA -> assertStatus(200, onSolana.buy(RUN, chat()));
            case RUN_FROM_THE_QUEUE -> assertStatus(202, paySigned(RUN, video()));
            case OFFER_RUN -> assertOfferSigned(RUN, chat());
            case SEE_BALANCE -> assertStatus(200, agent.signed("GET", BALANCE));
            case SEE_BALANCE_BY_KEY -> byKey(200, "GET", BALANCE);
            case LIST_CREDITS -> assertStatus(200, agent.signed("GET", CREDITS));
            case LIST_CREDITS_BY_KEY -> byKey(200, "GET", CREDITS);
            case PROVISION_WITH_CREDIT -> {
                topUp();
                assertStatus(201, agent.signed(PROVISION, MachineRequest.body().put("use_credits", true)));
            }
            case EXTEND_WITH_CREDIT -> {
                topUp();
                assertStatus(200, agent.signed(MachineRequest.extend(agent.machine()),
                        Json.object().put("use_credits", true)));
            }
            case TOP_UP -> topUp();
            case TOP_UP_BY_KEY -> byKey(402, "POST", TOP_UP);
            case QUOTE -> browse(MachineRequest.QUOTE);
            case QUOTE_MORE_TIME -> assertStatus(200, agent.signed("GET", "/compute/quote",
                    "instance_id=" + agent.machine()));
            case QUOTE_BY_KEY -> byKey(200, "GET", MachineRequest.QUOTE);
            case PROVISION_UNDER_A_KEY -> underAKey(PROVISION, MachineRequest.body());
            case TOP_UP_UNDER_A_KEY -> underAKey(TOP_UP, Json.object().put("amount", 1));
            case EXTEND_UNDER_A_KEY -> underAKey(MachineRequest.extend(agent.machine()), Json.object());
            case SEE_ORDER -> assertStatus(200, agent.signed("GET", ORDERS + "/" + order()));
            case SEE_ORDER_BY_KEY -> {
                String order = order();
                byKey(200, "GET", ORDERS + "/" + order);
            }
            case LIST_ORDERS -> {
                order();
                assertStatus(200, agent.signed("GET", ORDERS));
            }
            case LIST_ORDERS_BY_KEY -> byKey(200, "GET", ORDERS);
            case SEE_JOB -> browse("/status/" + jobs.waiting(agent.address()));
            case SEE_JOB_THAT_IS_OWED_BACK -> browse("/status/" + jobs.owedBack(agent.address()));
            case CANCEL_JOB -> assertStatus(200, agent.signed("DELETE", "/status/" + jobs.waiting(agent.address())));
            case CANCEL_JOB_BY_KEY -> byKey(200, "DELETE", "/status/" + jobs.waiting(agent.address()));
            case SEE_RESULT -> browse("/results/" + jobs.spoken(agent.address()) + "/audio_url");
            case SEND_JOBS_AGAIN -> sendJobsAgain();
            case REVEAL -> assertStatus(200, agent.password(bootedWithoutSshKey()));
            case REVEAL_BY_KEY -> revealByKey();
            case PROVISION_WITHOUT_SSH_KEY -> assertStatus(201, paySigned(PROVISION, MachineRequest.keyless()));
            case WATCH_WITHOUT_SSH_KEY -> watchAMachineThatIsOrderedLate();
            case RESUME_WITHOUT_SSH_KEY -> resume(MachineRequest.keyless());
            case EXTEND_BY_KEY -> byKey(402, "POST", MachineRequest.extend(agent.machine()));
            case PROVISION_ON_SOLANA -> machineOnSolana();
            case EXTEND_ON_SOLANA -> assertStatus(200, onSolana.buy(MachineRequest.extend(machineOnSolana()),
                    Json.object().put("network", "solana")));
            case TOP_UP_ON_SOLANA -> assertStatus(200, onSolana.buy(TOP_UP,
                    Json.object().put("amount", 1).put("network", "solana")));
            case MEASURE_SOLANA_FEES -> measureSolanaFees();
            case LIST_SUPPORTED -> browse("/supported");
            case WORK_A_JOB -> workAJob();
            case WORK_WHAT_IS_NO_JOB -> workWhatIsNoJob();
            case VERIFY -> assertFlag("isValid", facilitator.verify(facilitator.payment(1)));
            case VERIFY_ON_SOLANA -> assertFlag("isValid", facilitator.verify(facilitator.paymentOnSolana(1)));
            case SETTLE -> assertFlag("success", facilitator.settle(facilitator.payment(1)));
            case SETTLE_ON_SOLANA -> assertFlag("success", facilitator.settle(facilitator.paymentOnSolana(1)));
            case TOOL_FOR_PLANS -> assertServed(tools.call("list_plans", Json.object()));
            case TOOL_FOR_OFFERS -> assertThat(tools.call("provision_instance", MachineRequest.body())
                    .at("/structuredContent/extensions/offer-receipt/info/offers")).isNotEmpty();
            case TOOL_FOR_LISTS -> {
                agent.machine();
                assertServed(tools.signed("list_instances", Json.object()));
            }
            case TOOL_FOR_LISTS_BY_KEY -> {
                createKey();
                assertServed(tools.call("list_instances", Json.object(),
                        Map.of("Authorization", "Bearer " + key.get("X-API-Key"))));
                assertKeyWasUsed();
            }
            case TOOL_TO_WATCH -> assertServed(tools.signed("get_instance", machineTool()));
            case TOOL_TO_PROVISION -> assertServed(tools.paySigned("provision_instance", MachineRequest.body()));
            case TOOL_TO_PROVISION_UNDER_A_KEY -> assertServed(tools.buy("provision_instance",
                    MachineRequest.body().put("idempotency_key", UUID.randomUUID().toString())));
            case TOOL_TO_PROVISION_WITH_CREDIT -> {
                topUp();
                assertServed(tools.signed("provision_instance", MachineRequest.body().put("use_credits", true)));
            }
            case TOOL_TO_PROVISION_WITHOUT_SSH_KEY ->
                assertServed(tools.buy("provision_instance", MachineRequest.keyless()));
            case TOOL_TO_PROVISION_ON_SOLANA -> {
                ObjectNode wanted = SolanaBuyer.machine();
                ReceivedOffer asked = ToolClient.offers(tools.call("provision_instance", wanted)).getFirst();
                assertServed(tools.pay("provision_instance", wanted, onSolana.sign(asked)));
            }
            case TOOL_TO_EXTEND -> assertServed(tools.buy("extend_instance", machineTool()));
            case TOOL_FOR_SERVICES -> assertServed(tools.call("gpu_catalog", Json.object()));
            case TOOL_FOR_ESTIMATES ->
                assertServed(tools.call("gpu_estimate", Json.object().put("service", "llm-4090")));
            // One that nobody has ordered.
            case TOOL_FOR_JOBS -> assertThat(tools.call("gpu_status",
                    Json.object().put("job_id", UUID.randomUUID().toString())).at("/structuredContent/code")
                    .textValue()).isEqualTo("not_found");
            case TOOL_TO_RUN -> assertServed(tools.buy("gpu_run", chat()));
            case TOOL_TO_RUN_LATER -> assertServed(tools.buy("gpu_run", video()));
            case TOOL_FOR_BALANCE -> assertServed(tools.signed("gpu_balance", Json.object()));
            case TOOL_TO_DESTROY -> assertServed(tools.signed("destroy_instance", machineTool()));
        }
    }

    /** Finishes whatever a flow that failed has left. */
    void recover() {
        if (!key.isEmpty()) {
            assertStatus(200, revokeKey());
            key = Map.of();
        }
        if (finished) {
            return;
        }
        restock();
        running.pass(UNTIL_FORGOTTEN);
        fire("ResumeOrders");
        if (!orphan.isEmpty()) {
            destroyOrphan();
            orphan = "";
        }
    }

    private ObjectNode machineTool() {
        return Json.object().put("instance_id", agent.machine());
    }

    private static void assertServed(JsonNode result) {
        assertThat(result.path("isError").booleanValue()).as("%s", result).isFalse();
    }

    private void createKey() {
        Answer created = agent.signed("POST", KEYS);
        assertStatus(201, created);
        keyId = created.body().path("id").textValue();
        key = Map.of("X-API-Key", UsedSecrets.rememberUnkept(created.body().path("api_key").textValue()));
    }

    private Answer revokeKey() {
        return agent.signed("DELETE", KEYS + "/" + keyId);
    }

    /** Also sees to it that the key's use is written down. */
    private void byKey(int expected, String method, String path) {
        createKey();
        assertStatus(expected, agent.send(method, path, key, new byte[0]));
        assertKeyWasUsed();
    }

    private void revealByKey() {
        String id = bootedWithoutSshKey();
        createKey();
        assertStatus(200, agent.password(id, key));
        assertKeyWasUsed();
    }

    private void assertKeyWasUsed() {
        assertThat(agent.signed("GET", KEYS).body().path("api_keys").valueStream()
                .filter(listed -> listed.path("id").textValue().equals(keyId)))
                .singleElement().satisfies(listed -> assertThat(listed.has("last_used_at")).isTrue());
    }

    private static void assertFlag(String flag, Answer answer) {
        assertThat(answer.body().path(flag).asBoolean()).as("%s", answer.body()).isTrue();
    }

    private void sendJobsAgain() {
        running.cloud().queues().purge(KeptJobs.QUEUE);
        jobs.waiting(agent.address());
        running.pass(TEN_MINUTES);
        fire("ResumeOrders");
        assertThat(running.cloud().queues().size(KeptJobs.QUEUE)).isPositive();
        running.cloud().queues().purge(KeptJobs.QUEUE);
    }

    private void checkHealth() {
        fire("RefreshCatalog");
        browse("/health");
    }

    private void browse(String path) {
        assertStatus(200, agent.send("GET", path, Map.of(), new byte[0]));
    }

    private void topUp() {
        Answer answer = paySigned(TOP_UP, Json.object().put("amount", 2));
        assertStatus(200, answer);
        assertThat(answer.body().has("new_balance")).isTrue();
    }

    private static ObjectNode chat() {
        ObjectNode body = Json.object().put("service", "llm-4090");
        body.putObject("input").put("prompt", "Say hello");
        return body;
    }

    private static ObjectNode video() {
        ObjectNode body = Json.object().put("service", "video");
        body.putObject("input").put("prompt", "Waves on a beach at sunset");
        return body;
    }

    private void runByKey() {
        topUp();
        createKey();
        assertStatus(200, agent.post(RUN, chat(), key));
        assertKeyWasUsed();
    }

    private void watchABoot() {
        String id = agent.machine();
        running.pass(UNTIL_FORGOTTEN);
        assertThat(agent.instance(id).path("status").textValue()).isEqualTo("active");
    }

    /** The provider has no time for the order; asking for the machine sends it again. */
    private void watchAMachineThatIsOrderedLate() {
        ObjectNode body = MachineRequest.keyless();
        PaymentPayload payment = agent.sign(agent.quote(PROVISION, body));
        running.provider().inject(new Fault.TooManyRequests(Optional.empty()));
        String id = agent.pay(PROVISION, body, payment).order().path("id").textValue();
        assertThat(made(id)).as("ordered at once").isEmpty();
        agent.instance(id);
        assertThat(made(id)).as("ordered when it was asked for").isPresent();
    }

    private String bootedWithoutSshKey() {
        String id = agent.machine(MachineRequest.keyless());
        running.pass(UNTIL_FORGOTTEN);
        return id;
    }

    private void destroy() {
        String id = agent.machine();
        running.pass(UNTIL_FORGOTTEN);
        assertStatus(200, agent.signed("DELETE", MachineRequest.instance(id)));
        assertThat(machine(id).live()).isFalse();
    }

    private void operateByKey(String verb) {
        createKey();
        operate(verb, key);
        assertKeyWasUsed();
    }

    private void operate(String verb, Map<String, String> credentials) {
        String id = agent.machine();
        running.pass(UNTIL_FORGOTTEN);
        agent.instance(id);
        ObjectNode body = switch (verb) {
            case "resize" -> MachineRequest.resize();
            case "auto-extend" -> MachineRequest.autoExtend();
            default -> Json.object();
        };
        assertStatus(200, credentials.isEmpty()
                ? agent.signed(MachineRequest.operation(id, verb), body)
                : agent.post(MachineRequest.operation(id, verb), body, credentials));
    }

    /** Whoever asks for the price is told it in the operator's name. */
    private void assertOfferSigned(String path, ObjectNode body) {
        String header = agent.post(path, body, Map.of()).headers().firstValue("PAYMENT-REQUIRED").orElseThrow();
        assertThat(WireJson.parseHeader(header).orElseThrow().at("/extensions/offer-receipt/info/offers")).isNotEmpty();
    }

    /** The machine that a payment has bought is read when it is shown once more. */
    private void provisionAgain() {
        ObjectNode body = MachineRequest.body();
        PaymentPayload payment = agent.sign(agent.quote(PROVISION, body));
        assertStatus(201, agent.pay(PROVISION, body, payment));
        assertStatus(201, agent.pay(PROVISION, body, payment));
    }

    private void underAKey(String path, ObjectNode body) {
        PaymentPayload payment = agent.sign(agent.quote(path, body));
        Map<String, String> headers = Map.of("Idempotency-Key", UUID.randomUUID().toString(), payment.headerName(),
                payment.headerText());
        assertThat(agent.post(path, body, headers).status()).isBetween(200, 201);
    }

    private String order() {
        return Answer.of(agent.buy(PROVISION, MachineRequest.body()).response()).body().path("order_id").textValue();
    }

    private void provisionRefusedByProvider() {
        ObjectNode body = MachineRequest.body();
        PaymentPayload payment = agent.sign(agent.quote(PROVISION, body));
        sellOut();
        assertStatus(503, agent.pay(PROVISION, body, payment));
        restock();
    }

    private void extend() {
        String id = agent.machine();
        assertStatus(200, paySigned(MachineRequest.extend(id), Json.object()));
    }

    /** Two extensions are paid of which only one fits; the function that has the other one in hand dies first. */
    private void extendTooFar() {
        ObjectNode longest = MachineRequest.body().put("prepaid_hours", LONGEST_LESS_A_DAY);
        String id = Answer.of(agent.buy(PROVISION, longest).response()).order().path("id").textValue();
        String path = MachineRequest.extend(id);
        PaymentPayload second = lasting(path, Json.object());
        payAndDie("ExtendInstance", path, Json.object(), second);
        assertStatus(200, Answer.of(agent.buy(path, Json.object()).response()));
        running.pass(UNTIL_FORGOTTEN);
        assertStatus(503, agent.pay(path, Json.object(), second));
    }

    private void expire() {
        String id = agent.machine();
        running.pass(UNTIL_FORGOTTEN);
        agent.instance(id);
        running.pass(LONGER_THAN_A_LEASE);
        fire("ExpireInstances");
        assertThat(machine(id).live()).isFalse();
        assertThat(running.cloud().events()).anySatisfy(event -> {
            assertThat(event.detailType()).isEqualTo("InstanceExpired");
            assertThat(event.detail().path("instance_id").textValue()).isEqualTo(id);
        });
    }

    /** Announced by one run and ordered by another. */
    private void autoExtend() {
        topUp();
        String id = agent.machine();
        running.pass(UNTIL_FORGOTTEN);
        Instant end = Instant.parse(agent.instance(id).path("expires_at").textValue());
        assertStatus(200, agent.signed(MachineRequest.operation(id, "auto-extend"), MachineRequest.autoExtend()));
        running.pass(Duration.between(running.now(), end).minus(Duration.ofMinutes(45)));
        fire("ExpireInstances");
        running.pass(TEN_MINUTES.multipliedBy(2));
        fire("ExpireInstances");
        fire("ResumeOrders");
        assertThat(Instant.parse(agent.instance(id).path("expires_at").textValue())).isAfter(end);
    }

    /** The function that its owner called could not enter the credit; the sweeper does. */
    private void finishGivingBack() {
        String id = agent.machine();
        Grant entry = grant("DestroyInstance", "dynamodb:PutItem", "Credits");
        try (Roles.Withdrawal _ = running.cloud().roles().without(entry)) {
            assertStatus(500, agent.signed("DELETE", MachineRequest.instance(id)));
        }
        BigDecimal before = credited();
        fire("ExpireInstances");
        assertThat(credited()).isGreaterThan(before);
    }

    private void reconcileALostMachine() {
        agent.machine();
        String id = agent.machine();
        running.pass(UNTIL_FORGOTTEN);
        agent.instance(id);
        Http.send(running.provider().baseUrl(), "DELETE", "/v2/instances/" + machine(id).id(),
                Map.of("Authorization", "Bearer " + ProviderSimulator.API_KEY), new byte[0]);
        BigDecimal before = credited();
        fire("ReconcileProvider");
        running.pass(TEN_MINUTES);
        fire("ReconcileProvider");
        assertThat(credited()).isGreaterThan(before);
    }

    /** All that the agent was ever given. */
    private BigDecimal credited() {
        return new BigDecimal(agent.signed("GET", BALANCE).body().path("total_deposited").asText());
    }

    private void reconcile() {
        orphan = running.provider()
                .addMachine("", List.of(LedgerAgreement.tag(running.cloud())), LONGER_THAN_A_LEASE).id();
        destroyOrphan();
        assertThat(running.cloud().events()).anySatisfy(event -> {
            assertThat(event.detailType()).isEqualTo("OrphanDestroyed");
            assertThat(event.detail().path("provider_id").textValue()).isEqualTo(orphan);
        });
        orphan = "";
    }

    /** What is overdue is ended first, by the function whose business that is. */
    private void destroyOrphan() {
        for (int pass = 0; pass < 4; pass++) {
            running.pass(TEN_MINUTES);
            fire("ExpireInstances");
            fire("ReconcileProvider");
        }
        assertThat(running.provider().liveMachines()).noneMatch(machine -> machine.id().equals(orphan));
    }

    private void resume(ObjectNode body) {
        leaveAnOrder(body);
        World before = running.world();
        long publishedBefore = published("PaymentSettled");
        fire("ResumeOrders");
        World after = running.world();
        assertThat(after.transfers()).hasSize(before.transfers().size() + 1);
        assertThat(after.machines()).hasSize(before.machines().size() + 1);
        assertThat(published("PaymentSettled")).isEqualTo(publishedBefore + 1);
    }

    private void resumeRefusedByProvider() {
        leaveAnOrder(MachineRequest.body());
        sellOut();
        long publishedBefore = published("CreditIssued");
        fire("ResumeOrders");
        restock();
        assertThat(published("CreditIssued")).isEqualTo(publishedBefore + 1);
    }

    /** A region that the provider does not have goes, and the catalogue is fresh again. */
    private void refresh() {
        String catalog = table("RefreshCatalog", "Catalog");
        Map<String, AttributeValue> gone = key("region", "gone");
        Map<String, AttributeValue> region = new TreeMap<>(gone);
        for (String text : List.of("city", "country", "continent")) {
            region.put(text, AttributeValue.fromS("Nowhere"));
        }
        running.cloud().tables().putItem(put -> put.tableName(catalog).item(region));
        fire("RefreshCatalog");
        assertThat(item(catalog, gone)).isEmpty();
        assertThat(Long.parseLong(item(catalog, key("meta", "refresh")).get("refreshed_at").n()))
                .isGreaterThan(running.now().minus(UNTIL_FORGOTTEN).toEpochMilli());
    }

    /** One that tells what it has only to those who have a key. */
    private void refreshModels() {
        String catalog = table("RefreshModels", "Catalog");
        Map<String, AttributeValue> models = key("models", "openai");
        running.cloud().tables().deleteItem(delete -> delete.tableName(catalog).key(models));
        fire("RefreshModels");
        assertThat(item(catalog, models)).isNotEmpty();
    }

    /** All that it has to read is in what it leaves behind. */
    private void watchAccounts() {
        fire("WatchAccounts");
        String line = running.cloud().logLines().reversed().stream()
                .filter(logged -> logged.contains("\"route\":\"WatchAccounts\"")).findFirst().orElseThrow();
        assertThat(line).contains("\"ProviderCredit\":", "\"CatalogueAge\":")
                .doesNotContain("\"code\"");
    }

    /** The upstream takes it on, and there will be more to do. */
    private void workAJob() {
        running.cloud().queues().purge(KeptJobs.QUEUE);
        QueuedRun run = QueuedRun.of(running);
        running.cloud().deliver();
        assertThat(run.state()).isEqualTo(JobState.RUNNING);
        running.pass(UNTIL_LOOKED_AT);
        assertThat(running.cloud().queues().visible(KeptJobs.QUEUE)).as("sent again").isOne();
        assertThat(running.cloud().queues().size(KeptJobs.QUEUE)).as("and deleted").isOne();
        running.pass(TEN_MINUTES);
        running.cloud().deliver();
        assertThat(run.state()).isEqualTo(JobState.COMPLETED);
        assertThat(running.cloud().queues().size(KeptJobs.QUEUE)).isZero();
    }

    /** It comes again when the function cannot be at it any more, which is long before the queue itself would show it. */
    private void workWhatIsNoJob() {
        running.cloud().queues().purge(KeptJobs.QUEUE);
        running.cloud().queues().send(KeptJobs.QUEUE, "no job");
        running.cloud().deliver();
        running.pass(TEN_MINUTES);
        assertThat(running.cloud().queues().visible(KeptJobs.QUEUE)).isOne();
    }

    private String machineOnSolana() {
        Answer bought = onSolana.buy(PROVISION, SolanaBuyer.machine());
        assertStatus(201, bought);
        return bought.order().path("id").textValue();
    }

    private void measureSolanaFees() {
        fire("ResumeOrders");
        String line = running.cloud().logLines().reversed().stream()
                .filter(logged -> logged.contains("\"route\":\"ResumeOrders\"")).findFirst().orElseThrow();
        assertThat(line).contains("\"PayableSolanaSettlements\":");
    }

    /** An order that was claimed and no more. */
    private void leaveAnOrder(ObjectNode body) {
        payAndDie("ProvisionInstance", PROVISION, body, lasting(PROVISION, body));
        running.pass(UNTIL_FORGOTTEN);
    }

    /** The function gets no number for its transaction, and so dies between claiming the payment and settling it. */
    private void payAndDie(String function, String path, ObjectNode body, PaymentPayload payment) {
        Grant number = grant(function, "dynamodb:UpdateItem", "Payments");
        try (Roles.Withdrawal _ = running.cloud().roles().without(number)) {
            assertStatus(500, agent.pay(path, body, payment));
        }
    }

    /** A payment that is still good when its order is taken up again. */
    private PaymentPayload lasting(String path, ObjectNode body) {
        return Draft.of(agent.quote(path, body), agent.wallet(), running.now())
                .validBefore(running.now().plus(Duration.ofHours(1))).payment();
    }

    private Answer paySigned(String path, ObjectNode body) {
        PaymentPayload payment = agent.sign(agent.quote(path, body));
        Map<String, String> headers = new TreeMap<>(agent.credentials().sign("POST", path,
                WalletHeaders.bytes(Json.write(body)), running.now()));
        headers.put(payment.headerName(), payment.headerText());
        return agent.post(path, body, headers);
    }

    private void fire(String function) {
        assertThat(running.cloud().fire(function)).isTrue();
    }

    private void sellOut() {
        running.provider().soldOut(MachineRequest.PLAN, MachineRequest.REGION);
    }

    private void restock() {
        running.provider().restock(MachineRequest.PLAN, MachineRequest.REGION);
    }

    private SimulatedMachine machine(String id) {
        return made(id).orElseThrow();
    }

    private Optional<SimulatedMachine> made(String id) {
        return running.provider().machines().stream().filter(machine -> machine.tags().contains("op-" + id))
                .findFirst();
    }

    private long published(String type) {
        return running.cloud().events().stream().filter(event -> event.detailType().equals(type)).count();
    }

    private Map<String, AttributeValue> item(String table, Map<String, AttributeValue> key) {
        return running.cloud().tables().getItem(get -> get.tableName(table).key(key).consistentRead(true)).item();
    }

    private String table(String function, String name) {
        String arn = grant(function, "dynamodb:Query", name).resource();
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private Grant grant(String function, String action, String resource) {
        return running.cloud().roles().granted().stream()
                .filter(grant -> grant.function().equals(function) && grant.action().equals(action)
                        && grant.resource().contains(resource))
                .findFirst().orElseThrow();
    }

    private static Map<String, AttributeValue> key(String kind, String id) {
        return Map.of("kind", AttributeValue.fromS(kind), "id", AttributeValue.fromS(id));
    }

    private static void assertStatus(int expected, Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(expected);
    }
}
