package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;
import io.x402compute.local.client.PaidResponse;
import io.x402compute.local.provider.Fault;
import io.x402compute.x402.protocol.PaymentPayload;

/** Credit that was bought, and what it buys: at every step, what the agents have is what they have not spent. */
class SpendCreditsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.untouched();

    private static final String TOP_UP = "/compute/credits/topup";
    private static final String BALANCE = "/compute/credits/balance";
    private static final String ENTRIES = "/compute/credits/entries";
    private static final long FIFTY = 50_000_000;

    @Test
    void creditThatWasBoughtBuysAMachineAndMoreTimeForIt() {
        Agent agent = running.agent(1);
        long before = agent.balance();

        Answer deposit = topUp(agent, 50);
        assertThat(deposit.body().path("success").booleanValue()).isTrue();
        assertThat(deposit.body().path("deposited").textValue()).isEqualTo("50.00");
        assertThat(deposit.body().path("new_balance").textValue()).isEqualTo("50.00");
        assertThat(deposit.body().path("tx_hash").textValue()).matches("0x[0-9a-f]{64}");
        assertThat(agent.balance()).isEqualTo(before - FIFTY);

        Answer bought = agent.signed(PROVISION, onCredit(MachineRequest.body()));
        assertPaidWithCredit(201, bought);
        assertThat(bought.order().path("user_wallet").textValue()).isEqualTo(agent.address());
        assertThat(bought.order().path("payment_amount").decimalValue())
                .isEqualByComparingTo(BigDecimal.valueOf(PRICE_MICROS, 6));
        running.awaitBoot();
        String id = bought.order().path("id").textValue();
        JsonNode up = agent.instance(id);
        assertThat(up.path("status").textValue()).isEqualTo("active");

        Answer extended = agent.signed(MachineRequest.extend(id), onCredit(Json.object()));
        assertPaidWithCredit(200, extended);
        assertThat(extended.order().path("prepaid_hours").intValue()).isEqualTo(2 * MachineRequest.HOURS);

        assertThat(agent.balance()).as("nothing more moved on the chain").isEqualTo(before - FIFTY);
        assertCredit(agent, FIFTY - 2 * PRICE_MICROS, FIFTY);
        assertThat(agent.signed("GET", ENTRIES).body().path("entries").valueStream()
                .map(entry -> entry.path("kind").textValue() + " " + entry.path("reason").textValue() + " "
                        + entry.path("amount").textValue() + " " + entry.path("order_id").textValue()))
                .containsExactlyInAnyOrder(
                        "credit topup " + FIFTY + " " + deposit.body().path("order_id").textValue(),
                        "spent order " + PRICE_MICROS + " " + bought.body().path("order_id").textValue(),
                        "spent order " + PRICE_MICROS + " " + extended.body().path("order_id").textValue());
    }

    @Test
    void theSameTopUpAgainDepositsOnce() {
        Agent agent = running.agent(2);
        ObjectNode body = Json.object().put("amount", "2.50").put("network", "base");
        PaymentPayload payment = agent.sign(agent.quote(TOP_UP, body));
        Answer first = agent.pay(TOP_UP, body, payment);
        World after = running.world();

        Answer again = agent.pay(TOP_UP, body, payment);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(running.world()).isEqualTo(after);
        Answer more = agent.pay(TOP_UP, Json.object().put("amount", 3), payment);
        assertThat(more.status()).isEqualTo(409);
        assertThat(running.world()).isEqualTo(after);
    }

    @Test
    void tooLittleCreditIsToldWithWhatItTakesAndCanBePaidInstead() {
        Agent agent = running.agent(3);
        topUp(agent, 1);
        ObjectNode body = MachineRequest.body();
        World before = running.world();

        Answer tooShort = agent.signed(PROVISION, onCredit(body.deepCopy()), named("short"));

        assertThat(tooShort.status()).isEqualTo(402);
        assertThat(tooShort.body().path("code").textValue()).isEqualTo("insufficient_credits");
        assertThat(tooShort.body().at("/details/available").decimalValue()).isEqualByComparingTo("1");
        assertThat(tooShort.body().at("/details/needed").decimalValue())
                .isEqualByComparingTo(BigDecimal.valueOf(PRICE_MICROS, 6));
        assertThat(tooShort.body().at("/accepts/0/maxAmountRequired").textValue())
                .isEqualTo(Long.toString(PRICE_MICROS));
        assertThat(tooShort.headers().firstValue("PAYMENT-REQUIRED")).isPresent();
        assertThat(running.world()).isEqualTo(before);

        PaymentPayload payment = agent.sign(agent.quote(PROVISION, body));
        Answer both = agent.signed(PROVISION, onCredit(body.deepCopy()),
                Map.of(payment.headerName(), payment.headerText()));
        assertThat(both.status()).isEqualTo(400);
        assertThat(both.body().path("code").textValue()).isEqualTo("two_payments");
        assertThat(running.world()).isEqualTo(before);

        Answer paid = agent.signed(PROVISION, body,
                Map.of(payment.headerName(), payment.headerText(), "Idempotency-Key", "short"));
        assertThat(paid.status()).as("%s", paid.body()).isEqualTo(201);
        assertThat(paid.body().has("paid_with")).isFalse();
        assertCredit(agent, 1_000_000, 1_000_000);
    }

    @Test
    void aKeyBuysOnceUnderOneNameAndNothingWithoutOne() {
        Agent agent = running.agent(4);
        topUp(agent, 5);
        String key = UsedSecrets.rememberUnkept(
                agent.signed("POST", "/compute/api-keys").body().path("api_key").textValue());
        ObjectNode body = onCredit(MachineRequest.body());
        String name = UUID.randomUUID().toString();

        Answer nameless = agent.post(PROVISION, body, Map.of("X-API-Key", key));
        assertThat(nameless.status()).isEqualTo(400);
        assertThat(nameless.body().path("code").textValue()).isEqualTo("idempotency_key_required");

        Answer bought = agent.post(PROVISION, body, Map.of("X-API-Key", key, "Idempotency-Key", name));
        assertPaidWithCredit(201, bought);
        Answer again = agent.post(PROVISION, body, Map.of("X-API-Key", key, "Idempotency-Key", name));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body().path("order_id")).isEqualTo(bought.body().path("order_id"));
        // The wallet itself means the same order by the same name.
        Answer signed = agent.signed(PROVISION, body, named(name));
        assertThat(signed.body().path("order_id")).isEqualTo(bought.body().path("order_id"));
        assertCredit(agent, 5_000_000 - PRICE_MICROS, 5_000_000);

        Answer other = agent.post(PROVISION, onCredit(MachineRequest.body().put("label", "another")),
                Map.of("X-API-Key", key, "Idempotency-Key", name));
        assertThat(other.status()).isEqualTo(409);
        assertCredit(agent, 5_000_000 - PRICE_MICROS, 5_000_000);
    }

    @Test
    void anAnswerThatGotLostIsFetchedByTheNonceItWasSignedWith() {
        Agent agent = running.agent(5);
        topUp(agent, 5);
        ObjectNode body = onCredit(MachineRequest.body());
        byte[] bytes = WalletHeaders.bytes(Json.write(body));
        Map<String, String> signed = agent.credentials().sign("POST", PROVISION, bytes, running.now());
        Answer lost = agent.post(PROVISION, body, signed);
        assertPaidWithCredit(201, lost);

        Answer again = agent.signed(PROVISION, body, named(signed.get("X-Auth-Nonce")));

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body().path("order_id")).isEqualTo(lost.body().path("order_id"));
        assertCredit(agent, 5_000_000 - PRICE_MICROS, 5_000_000);
    }

    @Test
    void nobodysCreditBuysNothingAndNobodysMachineIsExtended() {
        World before = running.world();
        Agent agent = running.agent(1);

        assertThat(agent.post(PROVISION, onCredit(MachineRequest.body()), Map.of()).status()).isEqualTo(401);
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void whatCreditBoughtAndNobodyCanDeliverIsCreditAgain() {
        Agent agent = running.agent(2);
        topUp(agent, 2);
        long available = available(agent);
        running.provider().inject(new Fault.CreateRefused(400, "Invalid plan chosen."));

        Answer refused = agent.signed(PROVISION, onCredit(MachineRequest.body()));
        running.provider().heal();

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers().firstValue("PAYMENT-RESPONSE")).isEmpty();
        assertThat(refused.body().at("/details/credited").decimalValue())
                .isEqualByComparingTo(BigDecimal.valueOf(PRICE_MICROS, 6));
        assertThat(available(agent)).isEqualTo(available);
    }

    private static Answer topUp(Agent agent, int dollars) {
        PaidResponse paid = agent.buy(TOP_UP, Json.object().put("amount", dollars).put("network", "base"));
        Answer answer = Answer.of(paid.response());
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer;
    }

    private static ObjectNode onCredit(ObjectNode body) {
        return body.put("use_credits", true);
    }

    private static Map<String, String> named(String name) {
        return Map.of("Idempotency-Key", name);
    }

    private static void assertPaidWithCredit(int status, Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.body().path("success").booleanValue()).isTrue();
        assertThat(answer.body().path("paid_with").textValue()).isEqualTo("credits");
        assertThat(answer.body().path("tx_hash").textValue()).isEmpty();
        assertThat(answer.headers().firstValue("PAYMENT-RESPONSE")).isEmpty();
        assertThat(answer.headers().firstValue("X-PAYMENT-RESPONSE")).isEmpty();
    }

    private static long available(Agent agent) {
        return micros(agent.signed("GET", BALANCE).body().path("balance"));
    }

    private static void assertCredit(Agent agent, long available, long deposited) {
        JsonNode balance = agent.signed("GET", BALANCE).body();
        assertThat(micros(balance.path("balance"))).isEqualTo(available);
        assertThat(micros(balance.path("total_deposited"))).isEqualTo(deposited);
        assertThat(micros(balance.path("total_spent"))).isEqualTo(deposited - available);
    }

    private static long micros(JsonNode dollars) {
        return new BigDecimal(dollars.textValue()).movePointRight(6).longValueExact();
    }
}
