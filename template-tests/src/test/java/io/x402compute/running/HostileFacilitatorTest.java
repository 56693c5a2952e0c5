package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.local.client.Answer;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.WireJson;

/** Whatever a facilitator says of a settlement, its payer is debited once and gets the machine, and is never asked to pay again. */
class HostileFacilitatorTest {
    private static final HostileFacilitator FACILITATOR = new HostileFacilitator();

    @RegisterExtension
    static final RunningCloud running = RunningCloud.with("Facilitator", FACILITATOR.url().toString());

    private final Agent agent = running.agent(2);
    private final Stranger stranger = new Stranger(running.chain());

    @BeforeEach
    void connect() {
        FACILITATOR.settlesOn(running.chain());
    }

    @AfterAll
    static void stop() {
        FACILITATOR.close();
    }

    static Stream<Arguments> settledAndNotSaid() {
        return Stream.of(
                Arguments.of("answers 500 in HTML", HostileFacilitator.settlesAndAnswers(500, "<html>oops</html>")),
                Arguments.of("answers 502 without a word", HostileFacilitator.settlesAndAnswers(502, "")),
                Arguments.of("hangs up", HostileFacilitator.settlesAndHangsUp()),
                Arguments.of("says pending with the hash", HostileFacilitator.settlesAndSaysPending(true)),
                Arguments.of("says pending without a hash", HostileFacilitator.settlesAndSaysPending(false)),
                Arguments.of("says success and 503", HostileFacilitator.settlesAndSaysSuccessWith(503)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settledAndNotSaid")
    void whatWasSettledAndNotSaidIsFoundOnTheChain(String name, HostileFacilitator.Settling settling) {
        FACILITATOR.next(settling);
        int asked = FACILITATOR.asked();

        Sale sale = Sale.of(running, agent);

        assertPending(sale.answer());
        assertBoughtOnce(sale);
        assertThat(FACILITATOR.asked()).as("asked to settle").isEqualTo(asked + 1);
    }

    @Test
    void whatIsDeclaredSafeToRetryIsNotPaidAgain() {
        FACILITATOR.next(HostileFacilitator.settlesAndDeclaresSafe());

        Sale sale = Sale.of(running, agent);

        assertThat(sale.answer().status()).isEqualTo(201);
        assertBoughtOnce(sale);
    }

    @Test
    void anAnswerThatComesTooLateIsNoAnswerAndItsSettlementBuysTheMachine() {
        CountDownLatch release = new CountDownLatch(1);
        FACILITATOR.next(HostileFacilitator.settlesOnceReleased(release));

        Sale sale = Sale.of(running, agent);
        assertPending(sale.answer());
        assertThat(agent.balance()).isEqualTo(sale.paidBefore());
        release.countDown();

        assertBoughtOnce(sale);
    }

    @Test
    void whatIsPendingAndNeverSentIsSentAgain() {
        FACILITATOR.next(HostileFacilitator.saysPending());
        FACILITATOR.next(HostileFacilitator.saysPending());

        Sale sale = Sale.of(running, agent);

        assertPending(sale.answer());
        assertPending(sale.again());
        assertBoughtOnce(sale);
    }

    @Test
    void aSuccessThatIsToldTwiceDebitsOnce() {
        FACILITATOR.next(HostileFacilitator.saysSuccessWithoutATransaction());
        int asked = FACILITATOR.asked();

        Sale sale = Sale.of(running, agent);

        assertPending(sale.answer());
        assertBoughtOnce(sale);
        assertThat(FACILITATOR.asked()).as("asked to settle").isEqualTo(asked + 2);
    }

    @Test
    void aStrangerWhoBroadcastsBeforeTheRequestBuysForThePayer() {
        Sale sale = paid(stranger::broadcasts);

        assertThat(sale.answer().status()).isEqualTo(201);
        assertBoughtOnce(sale);
    }

    @Test
    void aStrangerWhoBroadcastsBetweenVerifyAndSettleBuysForThePayer() {
        Sale sale = paid(payment -> FACILITATOR.beforeSettling(() -> stranger.broadcasts(payment)));

        assertThat(sale.answer().status()).isEqualTo(201);
        assertBoughtOnce(sale);
    }

    @Test
    void aTransferThatComesAfterTheRefusalIsCreditedOnce() {
        FACILITATOR.next(HostileFacilitator.refuses());
        Sale sale = Sale.of(running, agent);
        assertThat(sale.answer().status()).isEqualTo(402);

        stranger.broadcasts(sale.payment());
        running.advance(Duration.ofMinutes(8));
        running.advance(Duration.ofMinutes(1));

        Answer told = sale.again();
        assertThat(told.status()).isEqualTo(503);
        assertThat(told.body().path("code").textValue()).isEqualTo("settled_after_refusal");
        assertThat(told.body().at("/details/credited").decimalValue()).isEqualByComparingTo("1.6992");
        assertThat(agent.balance()).isEqualTo(sale.paidBefore() - PRICE_MICROS);
    }

    /** A sale that something happens to between the signature and the request. */
    private Sale paid(Consumer<PaymentPayload> meanwhile) {
        ObjectNode body = MachineRequest.body();
        long before = agent.balance();
        PaymentPayload payment = agent.sign(agent.quote(PROVISION, body));
        meanwhile.accept(payment);
        return new Sale(running, agent, body, payment, before, 0, agent.pay(PROVISION, body, payment));
    }

    private static void assertPending(Answer answer) {
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("status").textValue()).isEqualTo("pending");
        assertThat(answer.headers().firstValue("PAYMENT-REQUIRED")).isEmpty();
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        JsonNode receipt = WireJson.parseHeader(answer.headers().firstValue("PAYMENT-RESPONSE").orElseThrow())
                .orElseThrow();
        assertThat(receipt.path("errorReason").textValue()).isEqualTo("settlement_pending");
    }

    /** However often it is asked for meanwhile: the same order, never a fresh challenge, one transfer, one machine. */
    private void assertBoughtOnce(Sale sale) {
        assertThat(sale.again().status()).isIn(201, 202);
        sale.until(() -> sale.again().status() == 201);
        assertThat(sale.again().body().path("order_id")).isEqualTo(sale.answer().body().path("order_id"));
        sale.untilActive();
        assertThat(agent.balance()).isEqualTo(sale.paidBefore() - PRICE_MICROS);
        assertThat(sale.liveMachines()).hasSize(1);
        assertThat(running.chain().transfersTo(running.operator())).filteredOn(
                transfer -> sale.again().body().path("tx_hash").textValue().equals(transfer.transactionHash()))
                .hasSize(1);
    }
}
