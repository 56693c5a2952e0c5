package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.local.aws.PublishedEvent;
import io.x402compute.local.client.Answer;
import io.x402compute.local.provider.Fault;
import io.x402compute.local.provider.LoggedRequest;
import io.x402compute.local.provider.MachineKind;
import io.x402compute.local.provider.ProviderSimulator;
import io.x402compute.local.provider.SimulatedMachine;

/** What the provider has and no instance allows goes, and what is not ours is left alone. */
class ReconciliationTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.untouched();

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration AN_HOUR = Duration.ofHours(1);
    /** First sight, grace, destruction, and a list without it. */
    private static final int ENOUGH_PASSES = 4;

    private final Agent agent = running.agent(1);
    private final String tag = LedgerAgreement.tag(running.cloud());

    @AfterEach
    void heal() {
        running.provider().heal();
        running.provider().setLargestPage(500);
    }

    /** By the schedules of the template. */
    @Test
    void anOrphanIsDestroyedAfterItsGraceAndThatIsPublished() {
        String operation = operation();
        SimulatedMachine orphan = running.provider().addMachine(operation, List.of(tag, operation), AN_HOUR);

        running.cloud().advance(TEN_MINUTES);
        running.cloud().advance(TEN_MINUTES);
        assertThat(now(orphan).live()).isTrue();
        running.cloud().advance(TEN_MINUTES);
        assertThat(now(orphan).live()).isFalse();
        running.cloud().advance(TEN_MINUTES);

        assertThat(published("OrphanDestroyed")).filteredOn(event -> provider(event).equals(orphan.id()))
                .singleElement().satisfies(event -> {
                    assertThat(event.detail().path("reason").textValue()).isEqualTo("no_instance");
                    assertThat(event.detail().path("instance_id").textValue()).isEqualTo(operation.substring(3));
                });
    }

    @Test
    void machinesOfOthersAreNotEvenAskedFor() {
        String id = agent.machine();
        List<SimulatedMachine> others = List.of(
                running.provider().addMachine("web", List.of("production"), AN_HOUR),
                running.provider().addMachine(operation(), List.of("x402compute:another", operation()), AN_HOUR),
                running.provider().addMachine("op-" + id, List.of("op-" + id, tag + "x"), AN_HOUR),
                running.provider().addBareMetal(tag, List.of(), AN_HOUR));

        passes(ENOUGH_PASSES);

        assertThat(others).allSatisfy(machine -> {
            assertThat(now(machine).live()).isTrue();
            assertThat(requests()).noneMatch(request -> request.path().contains(machine.id()));
        });
    }

    @Test
    void ofTwinsTheOneThatTheInstanceKnowsIsKept() {
        String id = agent.machine();
        running.awaitBoot();
        SimulatedMachine twin = running.provider().addTwin("op-" + id);

        passes(ENOUGH_PASSES);

        assertThat(now(twin).live()).isFalse();
        assertThat(running.provider().liveMachines()).filteredOn(machine -> machine.tags().contains("op-" + id))
                .extracting(SimulatedMachine::id)
                .containsExactly(agent.instance(id).path("vultr_instance_id").textValue());
    }

    /** The provider may compare tags in whatever case it likes. */
    @Test
    void bareMetalIsDestroyedToo() {
        SimulatedMachine orphan = running.provider().addBareMetal("", List.of(tag.toUpperCase(Locale.ROOT)),
                AN_HOUR);

        passes(ENOUGH_PASSES);

        assertThat(orphan.kind()).isEqualTo(MachineKind.BARE_METAL);
        assertThat(now(orphan).live()).isFalse();
        assertThat(published("OrphanDestroyed")).filteredOn(event -> provider(event).equals(orphan.id()))
                .singleElement().satisfies(
                        event -> assertThat(event.detail().path("kind").textValue()).isEqualTo("bare_metal"));
    }

    @Test
    void moreThanAnAccidentExplainsIsLeftToTheOperator() {
        List<SimulatedMachine> orphans = Stream.generate(this::orphan).limit(4).toList();

        passes(ENOUGH_PASSES);

        assertThat(orphans).allMatch(orphan -> now(orphan).live());
        assertThat(published("ReconciliationHalted")).singleElement().satisfies(
                event -> assertThat(event.detail().path("orphan_ids")).extracting(name -> name.textValue())
                        .containsExactlyInAnyOrderElementsOf(orphans.stream().map(SimulatedMachine::id).toList()));
        assertThat(running.cloud().logLines()).anyMatch(line -> line.contains("\"route\":\"ReconcileProvider\"")
                && line.contains("\"orphans\":4") && line.contains("\"halted\":1"));

        destroyByHand(orphans.getFirst());
        passes(ENOUGH_PASSES);
        assertThat(orphans).noneMatch(orphan -> now(orphan).live());
    }

    @Test
    void allPagesAreRead() {
        List<SimulatedMachine> orphans = List.of(orphan(), orphan(), orphan());
        running.provider().setLargestPage(1);
        int before = requests().size();

        passes(ENOUGH_PASSES);

        assertThat(orphans).noneMatch(orphan -> now(orphan).live());
        assertThat(requests().subList(before, requests().size())).filteredOn(
                request -> request.path().equals("/instances") && request.query().contains("cursor="))
                .hasSizeGreaterThan(
                        5);
    }

    @Test
    void halfAListProvesNothing() {
        SimulatedMachine orphan = orphan();
        running.provider().inject(new Fault.FieldMissing("/bare-metals", "meta"));
        passes(ENOUGH_PASSES);
        assertThat(now(orphan).live()).isTrue();
        assertThat(running.cloud().logLines()).anyMatch(line -> line.contains("\"route\":\"ReconcileProvider\"")
                && line.contains("\"code\":\"provider_unavailable\""));

        running.provider().heal();
        passes(ENOUGH_PASSES);
        assertThat(now(orphan).live()).isFalse();
    }

    @Test
    void anInstanceWhoseMachineVanishedIsEnded() {
        String kept = agent.machine();
        String lost = agent.machine();
        running.awaitBoot();
        assertThat(agent.instance(kept).path("status").textValue()).isEqualTo("active");
        assertThat(agent.instance(lost).path("status").textValue()).isEqualTo("active");
        destroyByHand(running.provider().machines().stream().filter(machine -> machine.tags().contains("op-" + lost))
                .findFirst().orElseThrow());

        passes(1);
        assertThat(agent.instance(lost).path("status").textValue()).isEqualTo("active");
        passes(1);
        running.advance(Duration.ofMinutes(2));

        assertThat(agent.instance(lost).path("status").textValue()).isEqualTo("failed");
        assertThat(agent.instance(kept).path("status").textValue()).isEqualTo("active");
        assertThat(published("InstanceFailed")).singleElement().satisfies(
                event -> assertThat(event.detail().path("reason").textValue()).isEqualTo("machine_vanished"));
    }

    private SimulatedMachine orphan() {
        String operation = operation();
        return running.provider().addMachine(operation, List.of(tag, operation), AN_HOUR);
    }

    private static String operation() {
        return "op-" + UUID.randomUUID();
    }

    private static void passes(int count) {
        for (int pass = 0; pass < count; pass++) {
            running.pass(TEN_MINUTES);
            running.cloud().fire("ReconcileProvider");
        }
    }

    /** As an operator does in the provider's own console. */
    private static void destroyByHand(SimulatedMachine machine) {
        destroyByHand(running, machine);
    }

    static void destroyByHand(RunningCloud running, SimulatedMachine machine) {
        URI provider = running.provider().baseUrl();
        Answer answer = Http.send(provider, "DELETE", provider.getPath() + "/instances/" + machine.id(),
                Map.of("Authorization", "Bearer " + ProviderSimulator.API_KEY), new byte[0]);
        assertThat(answer.status()).isEqualTo(204);
    }

    private static SimulatedMachine now(SimulatedMachine before) {
        return running.provider().machines().stream().filter(machine -> machine.id().equals(before.id())).findFirst()
                .orElseThrow();
    }

    private static List<LoggedRequest> requests() {
        return running.provider().requests();
    }

    private static List<PublishedEvent> published(String type) {
        return running.cloud().events().stream().filter(event -> event.detailType().equals(type)).toList();
    }

    private static String provider(PublishedEvent event) {
        return event.detail().path("provider_id").textValue();
    }
}
