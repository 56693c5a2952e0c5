package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of three facilitators the first is never there, and the second is not to be relied on: payers are debited once and get their machine. */
class PreferredFacilitatorTest {
    private static final HostileFacilitator SECOND = new HostileFacilitator();

    @RegisterExtension
    static final RunningCloud running = RunningCloud.with("Facilitator",
            nobody() + "," + SECOND.url() + ",onchain");

    private final Agent agent = running.agent(3);

    @BeforeEach
    void connect() {
        SECOND.settlesOn(running.chain());
        SECOND.isAway(false);
    }

    @AfterAll
    static void stop() {
        SECOND.close();
    }

    @Test
    void whereTheFirstIsNotThereTheSecondSettles() {
        int asked = SECOND.asked();

        Sale sale = Sale.of(running, agent);

        assertThat(sale.answer().status()).isEqualTo(201);
        assertThat(SECOND.asked()).isEqualTo(asked + 1);
        assertBoughtOnce(sale);
    }

    @Test
    void whatTheSecondSettlesAndDoesNotSayIsSettledByNobodyElse() {
        SECOND.next(HostileFacilitator.settlesAndHangsUp());
        int asked = SECOND.asked();

        Sale sale = Sale.of(running, agent);

        assertThat(sale.answer().status()).isEqualTo(202);
        sale.until(() -> sale.again().status() == 201);
        assertThat(SECOND.asked()).as("asked to settle").isEqualTo(asked + 1);
        assertBoughtOnce(sale);
    }

    @Test
    void whereNobodyElseIsThereTheOperatorsOwnKeySettles() {
        SECOND.isAway(true);

        Sale sale = Sale.of(running, agent);

        assertThat(sale.answer().status()).isEqualTo(201);
        assertBoughtOnce(sale);
    }

    private void assertBoughtOnce(Sale sale) {
        sale.untilActive();
        assertThat(agent.balance()).isEqualTo(sale.paidBefore() - PRICE_MICROS);
        assertThat(sale.liveMachines()).hasSize(1);
    }

    /** An address that nobody listens at. */
    private static URI nobody() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
