package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.local.client.Answer;
import io.x402compute.x402.protocol.PaymentPayload;

/** A payment buys what it was made for, once, however often and whenever it comes. */
class SamePaymentTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    /** Its price changes here; the others' does not. */
    private static final String OTHER_PLAN = "vcg-a40-1c-5g-2vram";
    private static final int COPIES = 100;

    private final Agent agent = running.agent(1);
    private final ObjectNode body = MachineRequest.body();

    @Test
    void samePaymentTwiceIsOneOrderAndOneTransfer() {
        PaymentPayload payment = agent.sign(agent.quote(PROVISION, body));
        Answer first = agent.pay(PROVISION, body, payment);
        World before = running.world();

        Answer second = agent.pay(PROVISION, body, payment);

        assertSameOrder(first, second);
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void samePaymentStillAnswersLongAfterItExpired() {
        PaymentPayload payment = agent.sign(agent.quote(PROVISION, body));
        Answer first = agent.pay(PROVISION, body, payment);
        running.advance(Duration.ofMinutes(10));
        World before = running.world();

        Answer second = agent.pay(PROVISION, body, payment);

        assertSameOrder(first, second);
        assertThat(second.order().path("status").textValue()).isEqualTo("active");
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void samePaymentAnswersAsBeforeAfterAPriceChange() {
        ObjectNode other = body.put("plan", OTHER_PLAN);
        PaymentPayload payment = agent.sign(agent.quote(PROVISION, other));
        Answer first = agent.pay(PROVISION, other, payment);
        changePrice("0.9");
        running.advance(Duration.ofMinutes(10));
        World before = running.world();

        Answer second = agent.pay(PROVISION, other, payment);

        assertSameOrder(first, second);
        assertThat(second.order().path("payment_amount")).isEqualTo(first.order().path("payment_amount"));
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void samePaymentInTheOtherVersionIsTheSamePayment() {
        PaymentPayload payment = agent.sign(agent.quote(PROVISION, body));
        PaymentPayload asVersion1 = agent.quoteV1(PROVISION, body).paidWith(payment.schemePayload());
        Answer first = agent.pay(PROVISION, body, payment);
        World before = running.world();

        Answer second = agent.pay(PROVISION, body, asVersion1);

        assertSameOrder(first, second);
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void aHundredCopiesAtOnceBuyOneMachine() throws Exception {
        PaymentPayload payment = agent.sign(agent.quote(PROVISION, body));
        World before = running.world();

        List<Answer> answers = atOnce(() -> agent.pay(PROVISION, body, payment));

        assertThat(answers).extracting(Answer::status).isSubsetOf(201, 202).contains(201);
        Answer settled = agent.pay(PROVISION, body, payment);
        assertThat(answers).extracting(answer -> answer.body().path("order_id"))
                .containsOnly(settled.body().path("order_id"));
        assertThat(answers).extracting(answer -> answer.order().path("id")).containsOnly(settled.order().path("id"));
        World after = running.world();
        assertThat(after.transfers()).hasSize(before.transfers().size() + 1);
        assertThat(after.orders()).isEqualTo(before.orders() + 1);
        assertThat(after.transactions()).isEqualTo(before.transactions() + 1);
        assertSameOrder(settled, agent.pay(PROVISION, body, payment));
    }

    @Test
    void aPaymentForAnotherRequestIsRefusedAsUsed() {
        PaymentPayload payment = agent.sign(agent.quote(PROVISION, body));
        String id = agent.pay(PROVISION, body, payment).order().path("id").textValue();
        World before = running.world();

        assertUsed(agent.pay(PROVISION, body.deepCopy().put("label", "another-machine"), payment));
        assertUsed(agent.pay(PROVISION, body.deepCopy().put("prepaid_hours", 48), payment));
        assertUsed(agent.pay(MachineRequest.extend(id), body, payment));
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void aQuotedPriceHoldsUntilTheChallengeHasTimedOut() {
        ObjectNode other = body.put("plan", OTHER_PLAN);
        Draft quoted = Draft.of(agent.quote(PROVISION, other), agent.wallet(), running.now())
                .validBefore(running.now().plus(Duration.ofHours(1)));
        Draft quotedAlso = Draft.of(quoted.offer(), agent.wallet(), running.now())
                .validBefore(running.now().plus(Duration.ofHours(1)));
        changePrice("0.3");

        running.advance(Duration.ofSeconds(quoted.terms().maxTimeoutSeconds()));
        Answer inTime = agent.pay(PROVISION, other, quoted.payment());
        running.advance(Duration.ofSeconds(31));
        World before = running.world();
        Answer late = agent.pay(PROVISION, other, quotedAlso.payment());

        assertThat(inTime.status()).isEqualTo(201);
        assertThat(inTime.order().path("payment_amount").decimalValue().movePointRight(6))
                .isEqualByComparingTo(quoted.terms().amount().atomicUnits());
        assertThat(late.status()).isEqualTo(402);
        assertThat(late.body().path("error").textValue()).isEqualTo("No matching payment requirements");
        // 0.3 dollars, 20 % markup, 24 hours.
        assertThat(late.body().at("/accepts/0/maxAmountRequired").textValue()).isEqualTo("8640000");
        assertThat(running.world()).isEqualTo(before);
    }

    private static void changePrice(String hourlyCost) {
        running.provider().setHourlyCost(OTHER_PLAN, new BigDecimal(hourlyCost));
        assertThat(running.cloud().fire("RefreshCatalog")).isTrue();
    }

    private static void assertSameOrder(Answer first, Answer second) {
        assertThat(second.status()).isEqualTo(201);
        assertThat(first.body().path("order_id").textValue()).isNotNull();
        assertThat(second.body().path("order_id")).isEqualTo(first.body().path("order_id"));
        assertThat(second.order().path("id")).isEqualTo(first.order().path("id"));
        assertThat(second.order().path("expires_at")).isEqualTo(first.order().path("expires_at"));
        assertThat(second.body().path("tx_hash").textValue()).startsWith("0x");
    }

    private static void assertUsed(Answer answer) {
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("code").textValue()).isEqualTo("payment_already_used");
    }

    private static List<Answer> atOnce(Callable<Answer> request) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> copies = threads.invokeAll(Collections.nCopies(COPIES, request));
            return copies.stream().map(Future::resultNow).toList();
        }
    }
}
