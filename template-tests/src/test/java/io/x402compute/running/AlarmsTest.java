package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.local.alarm.AlarmState;
import io.x402compute.local.alarm.Metrics;
import io.x402compute.local.aws.Grant;
import io.x402compute.local.aws.Roles;
import io.x402compute.local.provider.Fault;
import io.x402compute.local.provider.HeldState;
import io.x402compute.local.provider.SimulatedMachine;
import io.x402compute.local.template.MetricAlarm;

/** Each thing that can be stuck is made to be, and raises its own alarm and no other, until it is set right. */
class AlarmsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.untouched();

    private static final BigDecimal MUCH_CREDIT = BigDecimal.valueOf(-10_000);
    private static final int LONGER_THAN_MOST_SILENCES = 31;
    private static final int LONGER_THAN_ANY_SILENCE = 241;

    /** One for all, so that no schedule is silent from one test to the next. */
    private static final AlarmWatch watch = new AlarmWatch(running);

    private final Agent agent = running.agent(3);

    @BeforeEach
    void beWell() {
        minutes(1);
        assertThat(firing()).as("before anything is wrong").isEmpty();
    }

    @AfterEach
    void heal() {
        running.provider().heal();
        running.provider().setBalance(MUCH_CREDIT);
    }

    @Test
    void aMachineThatWillNotGo() {
        Sale sale = Sale.of(running, agent).untilActive();
        running.provider().hold(sale.machine().id(), HeldState.status("pending"));
        agent.signed("DELETE", MachineRequest.instance(sale.id()));
        minutes(30);
        assertThat(firing()).as("while it may take its time").isEmpty();
        minutes(3);
        assertThat(firing()).containsExactly("EndingInstance");

        running.provider().hold(sale.machine().id(), HeldState.NONE);
        minutes(4);
        assertThat(firing()).isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = "alarms", matches = "all", disabledReason = "takes two minutes: -Dalarms=all")
    void anOrderThatTheProviderHasNoTimeFor() {
        Sale sale = Sale.of(running, agent,
                () -> running.provider().inject(new Fault.CallFails("/instances", 429, "Rate limit exceeded")));
        minutes(28);
        assertThat(firing()).containsExactly("UndeliveredOrder");

        running.provider().heal();
        sale.untilActive();
        minutes(2);
        assertThat(firing()).isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = "alarms", matches = "all", disabledReason = "takes half a minute: -Dalarms=all")
    void anOrphanThatCannotBeDestroyed() {
        SimulatedMachine orphan = orphan();
        running.provider().inject(new Fault.CallFails("/instances/" + orphan.id(), 500, "Internal error"));
        minutes(60);
        assertThat(firing()).containsExactly("OrphanMachines");

        running.provider().heal();
        minutes(30);
        assertThat(firing()).isEmpty();
    }

    @Test
    void moreOrphansThanAnAccidentExplains() {
        List<SimulatedMachine> orphans = Stream.generate(AlarmsTest::orphan).limit(4).toList();
        minutes(30);
        assertThat(firing()).containsExactly("ReconciliationHalted");

        orphans.forEach(orphan -> ReconciliationTest.destroyByHand(running, orphan));
        minutes(30);
        assertThat(firing()).isEmpty();
    }

    @Test
    void creditAtTheProviderThatRunsOutAndAnAccountThatIsThenNotTold() {
        running.provider().setBalance(BigDecimal.valueOf(-10));
        minutes(5);
        assertThat(firing()).containsExactly("ProviderCredit");

        running.provider().inject(new Fault.CallFails("/account", 500, "Internal error"));
        minutes(15);
        assertThat(firing()).as("no answer is no credit").containsExactly("ProviderCredit");

        running.provider().heal();
        running.provider().setBalance(MUCH_CREDIT);
        minutes(5);
        assertThat(firing()).isEmpty();
    }

    @Test
    void gasThatRunsOut() {
        String before = running.chain().gas(running.operator());
        running.chain().setGas(running.operator(), "0x1");
        minutes(1);
        assertThat(firing()).containsExactly("SettlementGas");

        running.chain().setGas(running.operator(), before);
        minutes(1);
        assertThat(firing()).isEmpty();
    }

    @Test
    void anAddressThatTheProviderDoesNotAllow() {
        running.provider().inject(new Fault.AddressNotAllowed("192.0.2.1"));
        minutes(5);
        assertThat(firing()).containsExactly("ProviderUnauthorized");

        running.provider().heal();
        minutes(5);
        assertThat(firing()).isEmpty();
    }

    @Test
    void anOrderThatIsRefusedForTheAddressItComesFrom() {
        running.provider().inject(new Fault.CreateRefused(401, "Unauthorized IP address: 192.0.2.1\nnext line"));
        Sale sale = Sale.of(running, agent);
        minutes(1);

        assertThat(firing()).containsExactly("UnauthorizedCreates");
        assertThat(running.cloud().logLines()).filteredOn(line -> line.contains(sale.operation())).singleElement()
                .asString().contains("\"code\":\"provider_unauthorized\"",
                        "\"text\":\"Unauthorized IP address: 192.0.2.1 next line\"");
        minutes(6);
        assertThat(firing()).isEmpty();
    }

    @Test
    void oneRefusalAfterTheOther() {
        for (int refusal = 0; refusal < 5; refusal++) {
            running.provider().inject(new Fault.CreateRefused("Server add failed: insufficient balance."));
            Sale.of(running, agent);
        }
        minutes(1);
        assertThat(firing()).containsExactly("RefusedCreates");

        minutes(15);
        assertThat(firing()).isEmpty();
    }

    @Test
    void eventsThatTheBusDoesNotTake() {
        try (Roles.Withdrawal _ = without("ExpireInstances", "events:PutEvents", "");
                Roles.Withdrawal _ = without("ResumeOrders", "events:PutEvents", "")) {
            Sale.of(running, agent).untilActive();
            minutes(8);
            assertThat(firing()).containsExactlyInAnyOrder("OrderEvents", "InstanceEvents");
        }
        minutes(2);
        assertThat(firing()).isEmpty();
    }

    @Test
    void aLeaseThatNobodyCanEnd() {
        Sale sale = Sale.of(running, agent).untilActive();
        running.pass(Duration.ofHours(MachineRequest.HOURS));
        try (Roles.Withdrawal _ = without("ExpireInstances", "dynamodb:PutItem", "Instances")) {
            // Until the others, too, have run again after the leap.
            minutes(16);
            assertThat(firing()).containsExactlyInAnyOrder("OverdueLease", "InstanceEvents",
                    "ExpireInstancesErrors");
        }
        minutes(5);
        assertThat(firing()).isEmpty();
        assertThat(sale.liveMachines()).isEmpty();
    }

    @Test
    void aCatalogueThatCannotBeRead() {
        running.provider().inject(new Fault.CallFails("/plans", 500, "Internal error"));
        minutes(30);
        assertThat(firing()).containsExactly("StaleCatalogue");

        running.provider().heal();
        minutes(15);
        assertThat(firing()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void aScheduleThatDoesNotRun(String schedule) {
        watch.silence(schedule);
        minutes(schedule.equals("RefreshModels") ? LONGER_THAN_ANY_SILENCE : LONGER_THAN_MOST_SILENCES);
        assertThat(firing()).contains(schedule + "Silent").isSubsetOf(schedule + "Silent", "StaleCatalogue");

        watch.silence("");
        minutes(15);
        assertThat(firing()).isEmpty();
    }

    /** The one that costs most to be without; each of them with {@code -Dalarms=all}. */
    static Set<String> schedules() {
        return "all".equals(System.getProperty("alarms")) ? AlarmWatch.schedules() : Set.of("ExpireInstances");
    }

    /** An alarm on what nobody measures would never be raised, whatever happens. */
    @Test
    void everyAlarmWatchesWhatAFunctionMeasures() {
        running.provider().inject(new Fault.CreateRefused("Invalid plan chosen."));
        Sale.of(running, agent);
        minutes(10);

        assertThat(running.cloud().alarms()).extracting(AlarmState::alarm)
                .filteredOn(alarm -> alarm.namespace().equals("x402compute"))
                .filteredOn(alarm -> !alarm.name().equals("RefundWallet"))
                .extracting(AlarmsTest::watched).isSubsetOf(running.cloud().metrics());
    }

    private static String watched(MetricAlarm alarm) {
        return Metrics.named(alarm.namespace(), alarm.metric(), alarm.dimensions());
    }

    private List<String> firing() {
        return watch.firing();
    }

    private void minutes(int count) {
        watch.minutes(count);
    }

    private static SimulatedMachine orphan() {
        return running.provider().addMachine("lost", List.of(LedgerAgreement.tag(running.cloud())),
                Duration.ofHours(1));
    }

    private static Roles.Withdrawal without(String function, String action, String resource) {
        Grant grant = running.cloud().roles().granted().stream()
                .filter(granted -> granted.function().equals(function) && granted.action().equals(action)
                        && granted.resource().contains(resource) && !granted.resource().contains("/index/"))
                .findFirst().orElseThrow();
        return running.cloud().roles().without(grant);
    }
}
