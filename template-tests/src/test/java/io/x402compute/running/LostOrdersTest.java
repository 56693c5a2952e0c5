package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.local.provider.Fault;
import io.x402compute.local.provider.LoggedRequest;
import io.x402compute.local.provider.SimulatedMachine;

/** Orders whose answer does not arrive, and the search for what they made. */
class LostOrdersTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final int LARGEST_PAGE = 500;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Agent agent = running.agent(2);

    @AfterEach
    void heal() {
        running.provider().heal();
        running.provider().setLag(SECOND, SECOND);
        running.provider().setLargestPage(LARGEST_PAGE);
    }

    @ParameterizedTest
    @EnumSource
    void howeverTheAnswerIsLostTheMachineIsFoundAndNoOtherIsOrdered(Fault.Loss loss) {
        running.provider().inject(new Fault.AnswerLost(loss));

        Sale sale = Sale.of(running, agent);

        assertThat(sale.answer().status()).isEqualTo(201);
        assertThat(sale.answer().order().has("vultr_instance_id")).as("known only once it is found").isFalse();
        sale.untilActive().assertDelivered();
        assertThat(sale.machines()).hasSize(1);
    }

    @Test
    void whoAsksAgainWhileTheProviderIsSilentOrdersNothing() throws Exception {
        running.provider().inject(new Fault.AnswerWithheld());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Sale> first = threads.submit(() -> Sale.of(running, agent));
            running.provider().awaitWithheld();
            running.cloud().fire("ResumeOrders");
            agent.instance(agent.signed("GET", "/compute/instances").body().findValuesAsText("id").getFirst());
            running.provider().heal();

            Sale sale = first.get();

            sale.untilActive().assertDelivered();
            assertThat(sale.machines()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aListThatLagsBehindMakesNobodyOrderAgain(int seconds) {
        running.provider().setLag(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds));
        running.provider().inject(new Fault.AnswerLost(Fault.Loss.CONNECTION_CUT));
        Sale sale = Sale.of(running, agent);

        // Looked for at once, perhaps in vain.
        sale.instance();
        running.pass(Duration.ofSeconds(seconds));

        assertThat(sale.instance().path("vultr_instance_id").textValue()).isEqualTo(sale.machine().id());
        sale.untilActive().assertDelivered();
        assertThat(sale.machines()).hasSize(1);
    }

    @Test
    void anOrderThatNeverReachedTheProviderIsPlacedAgainAfterTheSearch() {
        Fault.ProxyPage gateway = new Fault.ProxyPage("/instances", 502);
        running.provider().inject(gateway);
        Sale sale = Sale.of(running, agent);
        running.provider().heal();
        assertThat(sale.machines()).isEmpty();

        sale.instance();
        assertThat(sale.machines()).as("the search is not over").isEmpty();

        sale.untilActive().assertDelivered();
        assertThat(sale.machines()).hasSize(1);
    }

    @Test
    void ofTwoMachinesOfOneOrderTheOlderIsSoldAndTheOtherDestroyed() {
        running.provider().inject(new Fault.AnswerLost(Fault.Loss.BAD_GATEWAY));
        Sale sale = Sale.of(running, agent);
        // Ages are told to the second; of the same age, the one with the lower id counts as older.
        running.pass(SECOND);
        SimulatedMachine twin = running.provider().addTwin(sale.operation());
        // Nothing is destroyed while it is being set up.
        running.pass(Duration.ofMinutes(1));

        sale.untilActive().assertDelivered();

        assertThat(sale.machines()).hasSize(2);
        assertThat(sale.liveMachines()).extracting(SimulatedMachine::id).doesNotContain(twin.id());
    }

    @Test
    void aSearchReadsAllPages() {
        running.provider().inject(new Fault.AnswerLost(Fault.Loss.BAD_GATEWAY));
        Sale sale = Sale.of(running, agent);
        running.provider().addTwin(sale.operation());
        running.provider().addTwin(sale.operation());
        running.pass(Duration.ofMinutes(1));
        running.provider().setLargestPage(1);

        sale.untilActive().assertDelivered();

        assertThat(sale.machines()).hasSize(3);
        assertThat(running.provider().requests()).filteredOn(request -> request.query().contains(sale.operation()))
                .extracting(LoggedRequest::query).filteredOn(query -> query.contains("cursor=")).hasSize(2);
    }

    @Test
    void aListThatCannotBeReadToItsEndIsNotAnEmptyOne() {
        running.provider().inject(new Fault.AnswerLost(Fault.Loss.BAD_GATEWAY));
        Sale sale = Sale.of(running, agent);
        running.provider().addTwin(sale.operation());
        running.provider().setLargestPage(1);

        for (Fault fault : new Fault[]{new Fault.FieldMissing("/instances", "meta"),
            new Fault.CursorRepeated("/instances"), new Fault.AnswerTruncated("/instances")}) {
            running.provider().inject(fault);
            // Far beyond the time after which an order that made nothing is placed again.
            running.advance(Duration.ofMinutes(3));
            assertThat(sale.status()).as(fault.toString()).isEqualTo("provisioning");
            assertThat(sale.machines()).as(fault.toString()).hasSize(2);
            running.provider().heal();
        }

        sale.untilActive().assertDelivered();
        assertThat(sale.machines()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-05:00", "+05:30"})
    void theAgeOfAMachineIsReadInAnyOffset(String offset) {
        running.provider().inject(new Fault.AnswerLost(Fault.Loss.TRUNCATED_BODY));
        running.provider().inject(new Fault.DatesInOffset(ZoneOffset.of(offset)));

        Sale sale = Sale.of(running, agent).untilActive();

        sale.assertDelivered();
        // Read as the same text in another offset it would be hours old, and given up at once.
        assertThat(Long.parseLong(sale.instanceRow().get("machine_created_at").n()))
                .isEqualTo(sale.machine().createdAt().truncatedTo(ChronoUnit.SECONDS).toEpochMilli());
    }
}
