package io.x402compute.local.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.x402compute.vultr.Change;
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

    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_CUT", "BAD_GATEWAY", "GATEWAY_TIMEOUT", "SERVER_ERROR"})
    void aChangeWhoseAnswerWasLostShowsAllTheSame(Fault.Loss loss) {
        String id = provider.create(Provider.GPU, "op-1").id();
        provider.clock.advance(Duration.ofMinutes(2));
        provider.simulator.inject(new Fault.ChangeLost(loss));

        assertThat(provider.client.resize(id, "vcg-a16-2c-16g-4vram")).isInstanceOf(Change.Unknown.class);

        provider.clock.advance(Duration.ofSeconds(30));
        assertThat(provider.client.instance(id)).isInstanceOfSatisfying(Lookup.Found.class,
                found -> assertThat(((VultrInstance) found.machine()).plan()).isEqualTo("vcg-a16-2c-16g-4vram"));
    }

    @Test
    void aChangeThatIsRefusedIsNotCarriedOut() {
        String id = provider.create(Provider.GPU, "op-1").id();
        provider.clock.advance(Duration.ofMinutes(2));
        provider.simulator.inject(new Fault.ChangeRefused(500, "Unable to halt server: Server is currently locked"));

        assertThat(provider.client.halt(id)).isInstanceOf(Change.Busy.class);

        provider.clock.advance(Duration.ofMinutes(1));
        assertThat(provider.simulator.liveMachines().getFirst().powerStatus()).isEqualTo("running");
        assertThat(provider.client.halt(id)).isInstanceOf(Change.Accepted.class);
    }

    @Test
    void anAnswerIsWithheldUntilAllIsHealed() throws Exception {
        provider.simulator.inject(new Fault.AnswerWithheld());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Create> creation = threads
                    .submit(() -> provider.client.createInstance(Provider.order(Provider.GPU, "op-1")));
            provider.simulator.awaitWithheld();

            assertThat(provider.simulator.liveMachines()).hasSize(1);
            assertThat(creation.isDone()).isFalse();
            provider.simulator.heal();

            assertThat(creation.get()).isInstanceOf(Create.Unknown.class);
        }
    }

    @Test
    void anOrderCanBeCarriedOutTwice() throws VultrException {
        String first = provider.create(Provider.GPU, "op-1").id();
        provider.clock.advance(Duration.ofSeconds(3));
        String second = provider.simulator.addTwin("op-1").id();
        provider.clock.advance(Duration.ofSeconds(1));

        assertThat(provider.client.findByOperation("op-1")).extracting(VultrInstance::id)
                .containsExactly(first, second);
        assertThatIllegalArgumentException().isThrownBy(() -> provider.simulator.addTwin("op-2"));
    }

    @Test
    void aListOfThreePagesIsReadToItsEndOrNotAtAll() throws VultrException {
        for (int i = 0; i < 6; i++) {
            provider.simulator.addMachine("m" + i, List.of("many"), Duration.ofMinutes(10));
        }
        provider.simulator.setLargestPage(2);
        assertThat(provider.client.allInstances()).hasSize(6);
        assertThat(provider.simulator.requests()).hasSize(3);

        provider.simulator.inject(new Fault.CursorRepeated("/instances"));
        assertThatExceptionOfType(VultrException.class).isThrownBy(provider.client::allInstances);
        provider.simulator.setLargestPage(500);
        assertThat(provider.client.allInstances()).as("going in circles, but complete").hasSize(6);

        provider.simulator.heal();
        provider.simulator.inject(new Fault.FieldMissing("/instances", "meta"));
        assertThatExceptionOfType(VultrException.class).isThrownBy(provider.client::allInstances);
    }

    @Test
    void aPageOfAProxySaysNothingAboutAMachine() {
        String id = provider.create(Provider.GPU, "op-1").id();
        provider.clock.advance(Duration.ofMinutes(5));
        provider.simulator.inject(new Fault.ProxyPage("/instances/", 404));

        assertThat(provider.client.instance(id)).isInstanceOf(Lookup.Unavailable.class);
        assertThat(provider.client.deleteInstance(id)).isInstanceOf(Delete.Failed.class);
        assertThat(provider.simulator.liveMachines()).hasSize(1);
    }

    @Test
    void datesInAnotherOffsetAreTheSameMoments() {
        String id = provider.create(Provider.GPU, "op-1").id();
        provider.clock.advance(Duration.ofMinutes(5));
        Optional<Instant> created = provider.see(id).created();
        provider.simulator.inject(new Fault.DatesInOffset(ZoneOffset.ofHours(-5)));

        assertThat(new RawApi(provider.simulator).send("GET", "/instances/" + id, "").body()
                .at("/instance/date_created").textValue()).isEqualTo("2026-09-30T07:00:00-05:00");
        assertThat(provider.see(id).created()).isEqualTo(created);
    }

    @Test
    void anAccountThatCannotBeReadIsNotAnEmptyOne() throws VultrException {
        provider.simulator.setBalance(new BigDecimal("12.5"));
        assertThat(provider.client.account().remainingCredit()).as("in debt").isEqualByComparingTo("-12.5");

        for (Fault fault : List.of(new Fault.FieldMissing("/account", "balance"), new Fault.AnswerTruncated("/account"),
                new Fault.CallFails("/account", 500, "Internal server error."), new Fault.ProxyPage("/account", 200))) {
            provider.simulator.inject(fault);
            assertThatExceptionOfType(VultrException.class).as(fault.toString()).isThrownBy(provider.client::account);
            provider.simulator.heal();
        }
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
