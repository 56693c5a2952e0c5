package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.x402.protocol.PaymentPayload;

/** A stranger broadcasts the payer's authorization before our own facilitator does: the payer is debited once and gets the machine. */
class FrontRunTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.untouched();

    private final Agent agent = running.agent(4);
    private final Stranger stranger = new Stranger(running.chain());
    private final ObjectNode body = MachineRequest.body();
    private final long before = agent.balance();
    private final PaymentPayload payment = agent.sign(agent.quote(PROVISION, body));

    @Test
    void aTransferThatAStrangerHasBroughtAboutBeforeTheRequestBuysTheMachine() {
        stranger.broadcasts(payment);

        Sale sale = new Sale(running, agent, body, payment, before, 0, agent.pay(PROVISION, body, payment));

        assertThat(sale.answer().status()).isEqualTo(201);
        sale.untilActive().assertDelivered();
    }

    /** Blocks come every two seconds: what the stranger submitted is not mined yet when the payment is verified, and comes first. */
    @Test
    void aTransferThatAStrangerBringsAboutBetweenVerifyAndSettleBuysTheMachine() {
        running.chain().mineEvery(2);
        long transactions = running.chain().transactionCount(running.operator());
        stranger.submits(payment);

        Sale sale = new Sale(running, agent, body, payment, before, 0, agent.pay(PROVISION, body, payment));
        sale.until(() -> sale.again().status() == 201);
        sale.untilActive();

        assertThat(agent.balance()).isEqualTo(before - PRICE_MICROS);
        assertThat(sale.liveMachines()).hasSize(1);
        assertThat(running.chain().transactionCount(running.operator())).as("ours reverted, or was not needed")
                .isBetween(transactions, transactions + 1);
    }
}
