package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentPayload;

/** What can be bought on Base can be bought on Solana. */
class SolanaPurchaseTest {
    private static final int AGENT = 2;
    /** Has neither USDC nor an account for it. */
    private static final int PAUPER = 7;
    private static final String TOP_UP = "/compute/credits/topup";
    private static final String SIMULATION_FAILED = "invalid_exact_svm_transaction_simulation_failed";
    private static final Duration LONGER_THAN_A_BLOCKHASH = Duration.ofMinutes(5);
    private static final Duration HALF_OF_ITS_PATIENCE = Duration.ofSeconds(8);
    private static final NodeClient SDK = new NodeClient("clients/buy-solana.mjs");
    private static final NodeClient AXIOS_SDK = new NodeClient("clients/buy-axios.mjs");

    @Nested
    class OfBothVersions {
        @RegisterExtension
        static final RunningCloud running = RunningCloud.asDeployed();

        private final SolanaBuyer agent = new SolanaBuyer(running, AGENT);
        private final ObjectNode body = SolanaBuyer.machine();

        @Test
        void whoNamesNoNetworkIsOfferedBoth() {
            Answer asked = running.agent(AGENT).post(PROVISION, body.without("network"), Map.of());

            assertThat(asked.status()).isEqualTo(402);
            assertThat(asked.body().path("accepts").valueStream().map(offer -> offer.path("network").textValue()))
                    .containsExactly("base", "solana");
            JsonNode offer = asked.body().at("/accepts/1");
            String operator = running.cloud().solana().address(0);
            assertThat(offer.path("maxAmountRequired").textValue()).isEqualTo(Long.toString(PRICE_MICROS));
            assertThat(offer.path("payTo").textValue()).isEqualTo(operator);
            assertThat(offer.path("asset").textValue()).isEqualTo("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v");
            assertThat(offer.path("maxTimeoutSeconds").intValue()).isEqualTo(60);
            assertThat(offer.path("extra")).isEqualTo(Json.object().put("feePayer", operator));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void aMachineIsBoughtAndOwnedByTheWalletThatPaid(int version) {
            long before = agent.balance();

            Answer bought = agent.pay(PROVISION, body, agent.sign(agent.offer(version, PROVISION, body)));

            assertThat(bought.status()).as("%s", bought.body()).isEqualTo(201);
            assertThat(agent.balance()).isEqualTo(before - PRICE_MICROS);
            String id = bought.order().path("id").textValue();
            running.awaitBoot();
            assertThat(agent.instance(id).path("status").textValue()).isEqualTo("active");
        }

        @Test
        void timeAndCreditAreBoughtThereToo() {
            ObjectNode onSolana = Json.object().put("network", "solana");
            String id = agent.buy(PROVISION, body).order().path("id").textValue();
            long before = agent.balance();

            assertThat(agent.buy(MachineRequest.extend(id), onSolana).status()).isEqualTo(200);
            assertThat(agent.balance()).isEqualTo(before - PRICE_MICROS);
            assertThat(agent.buy(TOP_UP, onSolana.deepCopy().put("amount", 3)).status()).isEqualTo(200);
            assertThat(agent.balance()).isEqualTo(before - PRICE_MICROS - 3_000_000);
        }

        @ParameterizedTest
        @ValueSource(strings = {"v2", "both"})
        void theSdkBuysAMachine(String schemes) {
            assertBuys(SDK, running, schemes, body.without("network"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"v2", "both"})
        void theSdkForAxiosBuysAMachine(String schemes) {
            assertBuys(AXIOS_SDK, running, schemes, body);
        }

        @Test
        void samePaymentTwiceBuysOneMachine() {
            PaymentPayload payment = agent.sign(agent.offer(2, PROVISION, body));
            long before = agent.balance();

            Answer first = agent.pay(PROVISION, body, payment);
            Answer second = agent.pay(PROVISION, body, payment);

            assertThat(first.status()).isEqualTo(201);
            assertThat(second.status()).isEqualTo(201);
            assertThat(second.order().path("id")).isEqualTo(first.order().path("id"));
            assertThat(agent.balance()).isEqualTo(before - PRICE_MICROS);
            assertThat(machines(running, first)).isOne();
        }

        @Test
        void aPaymentThatIsNotCoveredBuysNothing() {
            SolanaBuyer pauper = new SolanaBuyer(running, PAUPER);
            World before = running.world();

            Answer refused = pauper.buy(PROVISION, body);

            assertThat(refused.status()).isEqualTo(402);
            assertThat(refused.body().path("error").textValue()).isEqualTo(SIMULATION_FAILED);
            assertThat(running.world()).isEqualTo(before);
        }

        @Test
        void aPaymentElsewhereThanTheRequestNamesBuysNothing() {
            PaymentPayload payment = agent.sign(agent.offer(2, PROVISION, body));
            World before = running.world();

            Answer refused = agent.pay(PROVISION, body.deepCopy().put("network", "base"), payment);

            assertThat(refused.status()).isEqualTo(402);
            assertThat(refused.body().path("error").textValue()).isEqualTo("invalid_network");
            assertThat(running.world()).isEqualTo(before);
        }

        @Test
        void aPaymentWhoseBlockhashIsForgottenTakesNothing() {
            PaymentPayload payment = agent.sign(agent.offer(2, PROVISION, body));
            World before = running.world();
            long balance = agent.balance();

            running.pass(LONGER_THAN_A_BLOCKHASH);
            Answer refused = agent.pay(PROVISION, body, payment);

            assertThat(refused.status()).isEqualTo(402);
            assertThat(refused.body().path("error").textValue()).isEqualTo(SIMULATION_FAILED);
            assertThat(agent.balance()).isEqualTo(balance);
            assertThat(running.world()).isEqualTo(before);
        }

        @Test
        void whatTheNetworkLosesIsHandedInAgainAndPaidOnce() {
            PaymentPayload payment = agent.sign(agent.offer(2, PROVISION, body));
            long before = agent.balance();
            running.cloud().solana().drop(3);

            Answer bought = agent.pay(PROVISION, body, payment);

            assertThat(bought.status()).isEqualTo(201);
            assertThat(agent.balance()).isEqualTo(before - PRICE_MICROS);
            assertThat(machines(running, bought)).isOne();
        }

        /** The network loses every one until the time of the transaction is over. */
        @Test
        void whatNeverGetsThroughIsRefusedWhenItsTimeIsOver() {
            PaymentPayload payment = agent.sign(agent.offer(2, PROVISION, body));
            long before = agent.balance();
            running.cloud().solana().drop(Integer.MAX_VALUE);
            Answer pending;
            try {
                pending = whileTimeFlies(() -> agent.pay(PROVISION, body, payment));
                running.pass(LONGER_THAN_A_BLOCKHASH);
                running.cloud().fire("ResumeOrders");
            } finally {
                running.cloud().solana().drop(0);
            }

            assertThat(pending.status()).isEqualTo(202);
            assertThat(World.rows(running.cloud(), "payments")
                    .filter(row -> row.containsKey("order_id")
                            && row.get("order_id").s().equals(pending.body().path("order_id").textValue())))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("state").s()).isEqualTo("SETTLE_REFUSED"));
            assertThat(agent.pay(PROVISION, body, payment).status()).isEqualTo(402);
            assertThat(agent.balance()).isEqualTo(before);
        }

        /** The function would wait for longer than a test has time. */
        private static Answer whileTimeFlies(Supplier<Answer> request) {
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(request);
            while (true) {
                try {
                    return answer.get(1, TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    running.pass(HALF_OF_ITS_PATIENCE);
                } catch (InterruptedException | ExecutionException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @Nested
    class OfVersion1Alone {
        @RegisterExtension
        static final RunningCloud running = RunningCloud.with("X402Versions", "1");

        @Test
        void theSdkBuysAMachineWithNothingButVersion1Schemes() {
            assertBuys(SDK, running, "v1", SolanaBuyer.machine().without("network"));
            assertBuys(AXIOS_SDK, running, "v1", SolanaBuyer.machine());
        }
    }

    @Nested
    class WhereAFacilitatorSettles {
        @RegisterExtension
        static final RunningCloud running = RunningCloud.with("Facilitator", "https://facilitator.invalid");

        @Test
        void solanaIsNotOffered() {
            Agent agent = running.agent(AGENT);
            ObjectNode anywhere = MachineRequest.body().without("network");

            assertThat(agent.post(PROVISION, anywhere, Map.of()).body().path("accepts"))
                    .singleElement()
                    .satisfies(offer -> assertThat(offer.path("network").textValue())
                            .isEqualTo(Network.BASE.v1Name()));
            assertThat(agent.post(PROVISION, SolanaBuyer.machine(), Map.of()).body().path("code").textValue())
                    .isEqualTo("unsupported_network");
        }
    }

    private static void assertBuys(NodeClient client, RunningCloud running, String schemes, JsonNode body) {
        SolanaBuyer agent = new SolanaBuyer(running, AGENT);
        long before = agent.balance();

        JsonNode printed = client.step(running.cloud().apiUrl(), running.cloud().solana().privateKey(AGENT), Map.of(
                "SCHEMES", schemes, "BODY", Json.write(body),
                "SOLANA_RPC_URL", running.cloud().solana().rpcUrl().toString()));

        assertThat(printed.path("status").intValue()).as("%s", printed).isEqualTo(201);
        assertThat(printed.at("/paymentResponse/success").booleanValue()).isTrue();
        assertThat(printed.at("/paymentResponse/transaction")).isEqualTo(printed.at("/body/tx_hash"));
        assertThat(agent.balance()).isEqualTo(before - PRICE_MICROS);
    }

    private static long machines(RunningCloud running, Answer bought) {
        String operation = "op-" + bought.order().path("id").textValue();
        return running.provider().machines().stream().filter(machine -> machine.tags().contains(operation)).count();
    }
}
