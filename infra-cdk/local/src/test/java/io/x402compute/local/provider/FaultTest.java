package io.x402compute.local.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.x402compute.vultr.Create;
import io.x402compute.vultr.Delete;
import io.x402compute.vultr.Failure;
import io.x402compute.vultr.Lookup;
import io.x402compute.vultr.Refusal;
import io.x402compute.vultr.VultrException;
import io.x402compute.vultr.VultrInstance;

class FaultTest {
    private static final String ID = "4f0f12e5-1f84-404f-aa84-85f431ea5ec2";

    private final Provider provider = new Provider();

    @AfterEach
    void stop() {
        provider.close();
    }

    @ParameterizedTest
    @EnumSource
    void aMachineWhoseAnswerWasLostIsFoundByItsOperation(Fault.Loss loss) throws VultrException {
        provider.simulator.inject(new Fault.AnswerLost(loss));

        assertThat(provider.client.createInstance(Provider.order(Provider.GPU, "op-1")))
                .isInstanceOf(Create.Unknown.class);
        assertThat(provider.simulator.liveMachines()).hasSize(1);

        provider.clock.advance(Duration.ofSeconds(1));
        assertThat(provider.client.findByOperation("op-1")).extracting(VultrInstance::id)
                .containsExactly(provider.simulator.liveMachines().getFirst().id());
        assertThat(provider.create(Provider.GPU, "op-2").id()).isNotEmpty();
    }

    @Test
    void aRefusalMakesNoMachine() {
        provider.simulator.inject(new Fault.CreateRefused(
                "Server add failed: Please open a support request for access to this product."));

        assertThat(provider.client.createInstance(Provider.order(Provider.GPU, "op-1")))
                .isInstanceOfSatisfying(Create.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Refusal.PLAN));
        assertThat(provider.simulator.machines()).isEmpty();
    }

    @Test
    void anAccountHoldsOnlySoManyMachines() {
        provider.simulator.setInstanceLimit(1);
        provider.create(Provider.GPU, "op-1");

        assertThat(provider.client.createInstance(Provider.order(Provider.GPU, "op-2")))
                .isInstanceOfSatisfying(Create.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Refusal.ACCOUNT_LIMIT));
    }

    @Test
    void tooManyRequestsMakeNoMachine() {
        provider.simulator.inject(new Fault.TooManyRequests(Optional.of("3600")));

        assertThat(provider.client.createInstance(Provider.order(Provider.GPU, "op-1")))
                .isEqualTo(new Create.Throttled(Duration.ofSeconds(60)));
        assertThat(provider.simulator.machines()).isEmpty();
    }

    @Test
    void anOutageSaysNothingAndEnds() {
        String id = provider.create(Provider.GPU, "op-1").id();
        provider.clock.advance(Duration.ofMinutes(5));
        provider.simulator.inject(new Fault.Outage());

        assertThat(provider.client.instance(id)).isInstanceOf(Lookup.Unavailable.class);
        assertThat(provider.client.deleteInstance(id)).isInstanceOf(Delete.Failed.class);
        assertThat(provider.client.createInstance(Provider.order(Provider.GPU, "op-2")))
                .isInstanceOf(Create.Unknown.class);
        assertThatExceptionOfType(VultrException.class).isThrownBy(provider.client::allInstances);
        assertThat(provider.simulator.machines()).hasSize(1);

        provider.simulator.heal();
        assertThat(provider.client.deleteInstance(id)).isEqualTo(new Delete.Accepted());
    }

    @Test
    void anAddressThatIsNotAllowedIsTheOperatorsBusiness() {
        provider.simulator.inject(new Fault.AddressNotAllowed("198.51.100.7"));

        assertThat(provider.client.instance(ID)).isInstanceOfSatisfying(Lookup.Unavailable.class,
                unavailable -> assertThat(unavailable.failure().kind()).isEqualTo(Failure.Kind.CONFIGURATION));
    }

    @Test
    void everyRequestIsOnRecord() {
        provider.client.instance(ID);

        assertThat(provider.simulator.requests()).containsExactly(new LoggedRequest("GET", "/instances/" + ID, ""));
    }
}
