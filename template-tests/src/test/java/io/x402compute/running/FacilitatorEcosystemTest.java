package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.local.client.Answer;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentPayload;

/** The ecosystem's server, client and facilitator, unmodified, across from ours, in both directions. */
class FacilitatorEcosystemTest {
    private static final int AGENT = 5;

    /** Their server and their client, by our facilitator. */
    @Nested
    class OurFacilitator {
        @RegisterExtension
        static final RunningCloud running = RunningCloud.asDeployed();

        private static final NodeClient THEIRS = new NodeClient("clients/sell.mjs");

        private final Seller seller = new Seller(running);

        @ParameterizedTest
        @ValueSource(strings = {"authorization", "upfront"})
        void theirServerIsPaidOnBase(String flow) {
            long before = seller.balance();

            JsonNode sold = sell(Network.BASE, seller.address(), flow, 1);

            assertSold(sold, Network.BASE);
            assertThat(seller.balance() - before).isEqualTo(Seller.PRICE.micros());
        }

        @Test
        void theirServerIsPaidOnSolana() {
            running.cloud().solana().fund(seller.addressOnSolana(), 0);
            long before = seller.balanceOnSolana();

            JsonNode sold = sell(Network.SOLANA, seller.addressOnSolana(), "authorization", 1);

            assertSold(sold, Network.SOLANA);
            assertThat(seller.balanceOnSolana() - before).isEqualTo(Seller.PRICE.micros());
        }

        /** A seller that is paid upfront asks nobody but us whether a payment is good. */
        @Test
        void onePaymentThatIsSentManyTimesBuysFromThemOnce() {
            long before = seller.balance();

            JsonNode sold = sell(Network.BASE, seller.address(), "upfront", 4);

            assertThat(sold.path("sales").intValue()).as("%s", sold).isOne();
            assertThat(statuses(sold)).containsOnlyOnce(200).contains(402);
            assertThat(seller.balance() - before).isEqualTo(Seller.PRICE.micros());
        }

        private static JsonNode sell(Network network, String payTo, String flow, int times) {
            String key = network.isEvm()
                    ? running.chain().privateKey(AGENT)
                    : running.cloud().solana().privateKey(AGENT);
            return THEIRS.step(running.cloud().apiUrl(), key,
                    Map.of("NETWORK", network.caip2(), "PAY_TO", payTo, "FLOW",
                            flow, "TIMES", Integer.toString(times), "SOLANA_RPC_URL",
                            running.cloud().solana().rpcUrl().toString()));
        }

        private static void assertSold(JsonNode sold, Network network) {
            assertThat(sold.path("sales").intValue()).as("%s", sold).isOne();
            assertThat(statuses(sold)).containsExactly(200);
            assertThat(sold.at("/answers/0/receipt/success").booleanValue()).isTrue();
            assertThat(sold.at("/answers/0/receipt/network").textValue()).isEqualTo(network.caip2());
        }

        private static List<Integer> statuses(JsonNode sold) {
            return sold.path("answers").valueStream().map(answer -> answer.path("status").intValue()).toList();
        }
    }

    /** Our server, by their facilitator, which settles with an account of its own. */
    @Nested
    class TheirFacilitator {
        private static final int SETTLER = 9;
        private static final TheirFacilitatorProcess THEIRS = new TheirFacilitatorProcess();

        @RegisterExtension
        static final RunningCloud running = RunningCloud.with("Facilitator", THEIRS.url().toString());

        @AfterAll
        static void stop() {
            THEIRS.close();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void ourServerIsPaid(int version) {
            THEIRS.settlesOn(running.chain(), SETTLER);
            Agent agent = running.agent(AGENT);
            long before = agent.balance();
            long sent = running.chain().transactionCount(running.chain().address(SETTLER));
            ObjectNode body = MachineRequest.body();
            PaymentPayload payment = agent.sign(version == 1
                    ? agent.quoteV1(MachineRequest.PROVISION, body)
                    : agent.quote(MachineRequest.PROVISION, body));

            Answer bought = agent.pay(MachineRequest.PROVISION, body, payment);

            assertThat(bought.status()).as("%s", bought.body()).isEqualTo(201);
            assertThat(agent.pay(MachineRequest.PROVISION, body, payment).order().path("id"))
                    .isEqualTo(bought.order().path("id"));
            assertThat(agent.balance()).isEqualTo(before - PRICE_MICROS);
            assertThat(running.chain().transactionCount(running.chain().address(SETTLER))).isEqualTo(sent + 1);
        }
    }
}
