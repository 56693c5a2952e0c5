package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.local.provider.Fault;
import io.x402compute.local.provider.HeldState;
import io.x402compute.local.provider.ProviderSimulator;

/** The provider will not destroy a machine, says that it has and has not, or says something else altogether. */
class UnwillingDestructionTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Agent agent = running.agent(5);

    @AfterEach
    void heal() {
        running.provider().heal();
        running.provider().setDestructionLag(Duration.ZERO);
    }

    @Test
    void aMachineThatIsStillPendingOrLockedIsDestroyedAsSoonAsItCanBe() {
        Sale pending = Sale.of(running, agent);
        Sale locked = Sale.of(running, agent).untilActive();
        running.provider().hold(pending.machine().id(), HeldState.status("pending"));
        running.provider().hold(locked.machine().id(), HeldState.serverStatus("locked"));
        destroy(pending);
        destroy(locked);
        running.advance(MINUTE);
        running.advance(MINUTE);
        assertThat(pending.liveMachines()).hasSize(1);
        assertThat(locked.liveMachines()).hasSize(1);

        running.provider().hold(pending.machine().id(), HeldState.NONE);
        running.provider().hold(locked.machine().id(), HeldState.NONE);

        assertReleased(pending);
        assertReleased(locked);
    }

    @Test
    void aMachineThatStillShowsIsNotReportedAsGone() {
        Sale sale = Sale.of(running, agent).untilActive();
        running.provider().setDestructionLag(Duration.ofMinutes(4));

        destroy(sale);
        running.advance(MINUTE);
        running.advance(MINUTE);

        assertThat(sale.liveMachines()).as("off the bill").isEmpty();
        assertThat(sale.instance().path("provider_released").booleanValue()).as("but still shown").isFalse();
        assertReleased(sale);
        assertThat(deletions(sale)).as("asked again, and answered 404").isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 502})
    void aPageOfAProxyProvesNothing(int status) {
        Sale sale = Sale.of(running, agent).untilActive();
        running.provider().inject(new Fault.ProxyPage("/instances/" + sale.machine().id(), status));

        destroy(sale);
        for (int minute = 0; minute < 5; minute++) {
            running.advance(MINUTE);
        }

        assertThat(sale.liveMachines()).hasSize(1);
        assertThat(sale.instance().path("provider_released").booleanValue()).isFalse();
        running.provider().heal();
        assertReleased(sale);
    }

    @Test
    void whatSomebodyElseDestroyedIsClosedAfterTwoLooks() {
        Sale sale = Sale.of(running, agent).untilActive();
        Http.send(running.provider().baseUrl(), "DELETE", "/v2/instances/" + sale.machine().id(),
                Map.of("Authorization", "Bearer " + ProviderSimulator.API_KEY),
                new byte[0]);

        destroy(sale);
        assertThat(sale.instance().path("provider_released").booleanValue()).as("one look proves nothing").isFalse();

        assertReleased(sale);
    }

    private void destroy(Sale sale) {
        assertThat(agent.signed("DELETE", MachineRequest.instance(sale.id())).status()).isEqualTo(200);
        assertThat(sale.status()).isEqualTo("destroyed");
    }

    private static void assertReleased(Sale sale) {
        sale.until(() -> sale.instance().path("provider_released").booleanValue());
        assertThat(sale.liveMachines()).isEmpty();
        assertThat(sale.machines()).hasSize(1);
        assertThat(sale.instanceRow().get("state").s()).isEqualTo("DESTROYED");
    }

    private static long deletions(Sale sale) {
        return running.provider().requests().stream()
                .filter(request -> request.method().equals("DELETE")
                        && request.path().equals("/instances/" + sale.machine().id()))
                .count();
    }
}
