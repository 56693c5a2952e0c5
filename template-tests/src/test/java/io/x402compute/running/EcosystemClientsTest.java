package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.local.chain.Transfer;

/** The clients that agents already have, unmodified, pay us. */
class EcosystemClientsTest {
    private static final int AGENT = 2;
    private static final NodeClient SDK = new NodeClient("clients/buy.mjs");
    private static final NodeClient AXIOS_SDK = new NodeClient("clients/buy-axios.mjs");
    private static final NodeClient LEGACY_SDK = new NodeClient("clients-legacy/buy.mjs");

    @Nested
    class OfBothVersions {
        @RegisterExtension
        static final RunningCloud running = RunningCloud.asDeployed();

        @ParameterizedTest
        @ValueSource(strings = {"v2", "both"})
        void theSdkBuysAMachine(String schemes) {
            assertBuys(running, SDK, schemes);
        }

        @ParameterizedTest
        @ValueSource(strings = {"v2", "both"})
        void theSdkForAxiosBuysAMachine(String schemes) {
            assertBuys(running, AXIOS_SDK, schemes);
        }

        @Test
        @EnabledIfSystemProperty(named = "legacy.client", matches = "true", disabledReason = "needs -Plegacy-client, which installs it")
        void theSdkOfVersion1BuysAMachine() {
            assertBuys(running, LEGACY_SDK, "v1");
        }
    }

    @Nested
    class OfVersion1Alone {
        @RegisterExtension
        static final RunningCloud running = RunningCloud.with("X402Versions", "1");

        @Test
        void theSdksBuyAMachineWithNothingButVersion1Schemes() {
            assertBuys(running, SDK, "v1");
            assertBuys(running, AXIOS_SDK, "v1");
        }

        @Test
        void noHeaderOfVersion2IsSent() {
            assertThat(running.agent(AGENT).post(MachineRequest.PROVISION, MachineRequest.body(), Map.of())
                    .headers().map()).doesNotContainKey("payment-required");
        }
    }

    private static void assertBuys(RunningCloud running, NodeClient client, String schemes) {
        ObjectNode body = MachineRequest.body();
        World before = running.world();

        JsonNode printed = client.buy(running.cloud().apiUrl(), running.chain().privateKey(AGENT), schemes, body);

        assertThat(printed.path("status").intValue()).as(printed.toString()).isEqualTo(201);
        World after = running.world();
        List<Transfer> paid = after.transfers().subList(before.transfers().size(), after.transfers().size());
        assertThat(paid).singleElement().satisfies(transfer -> {
            assertThat(transfer.micros()).isEqualTo(PRICE_MICROS);
            assertThat(transfer.from()).isEqualToIgnoringCase(running.chain().address(AGENT));
            assertThat(printed.at("/body/tx_hash").textValue()).isEqualTo(transfer.transactionHash());
            assertThat(printed.at("/paymentResponse/transaction").textValue()).isEqualTo(transfer.transactionHash());
        });
        assertThat(printed.at("/paymentResponse/success").booleanValue()).isTrue();
        String id = printed.at("/body/order/id").textValue();
        assertThat(running.provider().liveMachines()).filteredOn(machine -> machine.tags().contains("op-" + id))
                .hasSize(1);
    }
}
