package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;
import io.x402compute.x402.protocol.PaymentPayload;

/** Under one Idempotency-Key everything is done once, however often and with whatever payment it is asked for. */
class KeyedRequestsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final String KEYS = "/compute/api-keys";
    private static final String ORDERS = "/compute/orders";
    private static final byte[] NO_BODY = new byte[0];
    private static final int AT_ONCE = 50;

    private final Agent agent = running.agent(2);
    private final String key = UsedSecrets.rememberUnkept(UUID.randomUUID().toString());
    private final ObjectNode body = MachineRequest.body();

    @Test
    void anAgentThatPaysAgainIsNotChargedAgain() {
        Answer first = buy(PROVISION, body);
        World before = running.world();

        Answer again = buy(PROVISION, body);
        Answer unpaid = signed("POST", PROVISION, WalletHeaders.bytes(Json.write(body)));

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.headers().firstValue("idempotent-replayed")).isEmpty();
        assertReplayed(again, 201, first.body());
        assertReplayed(unpaid, 201, first.body());
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void fiftyPaymentsAtOnceUnderOneKeyBuyOneMachine() throws Exception {
        World before = running.world();
        Callable<Answer> purchase = () -> buy(PROVISION, body);

        List<Answer> answers;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads.invokeAll(Collections.nCopies(AT_ONCE, purchase)).stream().map(Future::resultNow)
                    .toList();
        }

        World after = running.world();
        assertThat(after.transfers()).hasSize(before.transfers().size() + 1);
        assertThat(after.machines()).hasSize(before.machines().size() + 1);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 202, 409));
        Set<String> orders = answers.stream().filter(answer -> answer.status() != 409)
                .map(answer -> answer.body().path("order_id").textValue()).collect(Collectors.toSet());
        assertThat(orders).hasSize(1);
        assertThat(buy(PROVISION, body).body().path("order_id").textValue()).isEqualTo(orders.iterator().next());
    }

    @Test
    void anExtensionIsBoughtOnce() {
        String id = agent.machine();
        String path = MachineRequest.extend(id);
        Answer first = buy(path, Json.object());
        World before = running.world();

        Answer again = buy(path, Json.object());

        assertReplayed(again, 200, first.body());
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void aKeyIsBoundToItsRequestWhateverTheRoute() {
        String id = buy(PROVISION, body).order().path("id").textValue();
        World before = running.world();

        assertMismatch(buy(PROVISION, body.deepCopy().put("prepaid_hours", 25)));
        assertMismatch(buy(MachineRequest.extend(id), Json.object()));
        assertMismatch(signed("DELETE", MachineRequest.instance(id), NO_BODY));
        assertMismatch(signed("POST", KEYS, NO_BODY));
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void aKeyThatHasDestroyedAMachineBuysNone() {
        String id = agent.machine();
        assertThat(signed("DELETE", MachineRequest.instance(id), NO_BODY).status()).isEqualTo(200);
        World before = running.world();

        assertMismatch(buy(PROVISION, body));

        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void aDestructionIsAnsweredAlikeLongAfterIt() {
        String id = agent.machine();
        Answer first = signed("DELETE", MachineRequest.instance(id), NO_BODY);
        running.awaitBoot();

        assertReplayed(signed("DELETE", MachineRequest.instance(id), NO_BODY), 200, first.body());
    }

    @Test
    void aLostAnswerWithAPasswordIsHadAgainByItsKeyAndNotWithoutIt() {
        String id = agent.machine(MachineRequest.keyless());
        String path = MachineRequest.password(id);
        Answer early = signed("POST", path, NO_BODY);
        assertThat(early.status()).as("nothing is kept of a refusal").isEqualTo(425);
        running.awaitBoot();

        Answer first = signed("POST", path, NO_BODY);
        UsedSecrets.rememberUnkept(first.body().at("/access/password").textValue());

        assertThat(first.status()).isEqualTo(200);
        assertReplayed(signed("POST", path, NO_BODY), 200, first.body());
        assertThat(agent.password(id).status()).as("without the key").isEqualTo(409);
        assertThat(running.agent(4).password(id).status()).as("of a stranger").isEqualTo(404);
    }

    @Test
    void aLostAnswerWithAnApiKeyIsHadAgainAndThereIsOneKey() {
        int before = activeKeys();
        byte[] label = WalletHeaders.bytes("{\"label\":\"lost\"}");

        Answer first = signed("POST", KEYS, label);
        UsedSecrets.rememberUnkept(first.body().path("api_key").textValue());

        assertThat(first.status()).isEqualTo(201);
        assertReplayed(signed("POST", KEYS, WalletHeaders.bytes(" { \"label\" : \"lost\" } ")), 201, first.body());
        assertThat(activeKeys()).isEqualTo(before + 1);
        agent.signed("DELETE", KEYS + "/" + first.body().path("id").textValue());
    }

    @Test
    void aRevocationIsAnsweredAlike() {
        String id = agent.signed("POST", KEYS).body().path("id").textValue();
        Answer first = signed("DELETE", KEYS + "/" + id, NO_BODY);

        assertReplayed(signed("DELETE", KEYS + "/" + id, NO_BODY), 200, first.body());
    }

    @Test
    void whoeverLostTheAnswerFindsHisOrder() {
        Answer bought = buy(PROVISION, body);
        String order = bought.body().path("order_id").textValue();

        Answer found = agent.signed("GET", ORDERS + "/" + order);
        Answer listed = agent.signed("GET", ORDERS, "limit=1");

        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body().path("state").textValue()).isEqualTo("paid");
        assertThat(found.body().path("order_id").textValue()).isEqualTo(order);
        assertThat(found.body().path("tx_hash")).isEqualTo(bought.body().path("tx_hash"));
        assertThat(found.order()).isEqualTo(bought.order());
        assertThat(listed.body().path("orders")).singleElement()
                .satisfies(newest -> assertThat(newest.path("order_id").textValue()).isEqualTo(order));
        assertThat(running.agent(4).signed("GET", ORDERS + "/" + order).status()).isEqualTo(404);
    }

    private int activeKeys() {
        return agent.signed("GET", KEYS, "status=active").body().path("api_keys").size();
    }

    /** Quotes, signs a payment of its own, and sends it under the key. */
    private Answer buy(String path, ObjectNode wanted) {
        PaymentPayload payment = agent.sign(agent.quote(path, wanted));
        return agent.post(path, wanted, Map.of("Idempotency-Key", key, payment.headerName(), payment.headerText()));
    }

    private Answer signed(String method, String path, byte[] bytes) {
        Map<String, String> headers = new LinkedHashMap<>(
                agent.credentials().sign(method, path, bytes, running.now()));
        headers.put("Idempotency-Key", key);
        return agent.send(method, path, headers, bytes);
    }

    private static void assertReplayed(Answer answer, int status, JsonNode body) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("idempotent-replayed")).hasValue("true");
        assertThat(answer.body()).isEqualTo(body);
    }

    private static void assertMismatch(Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(409);
        assertThat(answer.body().path("code").textValue()).isEqualTo("idempotency_mismatch");
    }
}
