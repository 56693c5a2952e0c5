package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.x402compute.event.DomainEvent;
import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.store.Item;
import io.x402compute.store.LocalDynamo;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

class DynamoInstanceStoreTest {
    private static final Instant NOW = Rentals.NOW;
    private static final Instant A_MONTH_LATER = NOW.plus(Duration.ofDays(30));

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private DynamoInstanceStore store;

    @BeforeEach
    void open() {
        store = new DynamoInstanceStore(dynamo.table("instances"));
    }

    @ParameterizedTest
    @EnumSource
    void instanceComesBackInEveryState(InstanceState state) {
        assertComesBack(Rentals.in(state));
    }

    @Test
    void orderThatWasNeverSentComesBack() {
        assertComesBack(Rentals.ordered(24, NOW));
        assertComesBack(Rentals.in(InstanceState.PROVISIONING).unanswered());
    }

    @Test
    void machineThatHasNoAddressYetComesBack() {
        Machine up = Rentals.machine();
        Machine booting = new Machine(up.providerId(), up.createdAt(), false, Machine.NO_ADDRESS, "", "none",
                up.osName(), 2, 8192, 50, up.plan(), up.powerStatus());

        assertComesBack(Rentals.in(InstanceState.PROVISIONING).created(booting));
    }

    @Test
    void everythingThatWasOrderedComesBack() {
        MachineSpec spec = new MachineSpec("vcg-a16-2c-8g-2vram", "ewr", 2284, "Ünïcode ☃", Optional.of("box-1"),
                Optional.empty(), Optional.of("#!/bin/sh\n" + "x".repeat(16_000)));
        PaidSegment first = PaidSegment.ofHours(UUID.randomUUID().toString(), 24, new Usdc(70_800));

        assertComesBack(Instance.ordered(new InstanceId(UUID.randomUUID()),
                new Wallet("9C6hybhQ6Aycep9jaUnP6uL9ZYvDjUp1aSkFWPUFJtpj"), spec, first, NOW));
    }

    @ParameterizedTest
    @EnumSource
    void operationComesBackInEveryPhase(OperationPhase phase) {
        assertComesBack(Rentals.operating(OperationKind.RESIZE, phase));
        assertComesBack(Rentals.operating(OperationKind.STOP, phase));
    }

    @Test
    void automaticExtensionComesBackHoweverFarItIs() {
        assertComesBack(Rentals.autoExtending());
        assertComesBack(Rentals.autoExtendOrdered());
        assertComesBack(Rentals.autoExtendFailed());
        assertComesBack(Rentals.autoExtending().autoExtendSet(Optional.empty()));
    }

    @Test
    void passwordComesBackSealedAndThenOnlyThatItWasRevealed() {
        Instance sending = Rentals.keyless(NOW).sending(NOW, NOW.plusSeconds(120), new SealedPassword("AQID"));
        assertComesBack(sending);

        Instance revealed = sending.created(Rentals.machine()).up(Rentals.machine(), NOW).published()
                .revealed(NOW);
        store.save(sending.created(Rentals.machine()));
        store.save(sending.created(Rentals.machine()).up(Rentals.machine(), NOW));
        store.save(sending.created(Rentals.machine()).up(Rentals.machine(), NOW).published());
        store.save(revealed);
        assertThat(store.find(sending.id())).contains(revealed);
        assertThat(dynamo.contents().toString()).doesNotContain("AQID");
    }

    @Test
    void everyExtensionComesBackInItsOrder() {
        Instance instance = Rentals.in(InstanceState.ACTIVE);
        for (int extension = 1; extension <= 30; extension++) {
            instance = instance.extended(
                    PaidSegment.ofHours(UUID.randomUUID().toString(), 24 + extension, new Usdc(70_800 + extension)),
                    NOW);
        }

        assertComesBack(instance.awaitingExtension());
    }

    @Test
    void endThatIsStillPursuedComesBack() {
        Instance terminating = Rentals.in(InstanceState.TERMINATING);

        assertComesBack(terminating.deletionAsked(NOW.plusSeconds(10)));
        assertComesBack(Rentals.in(InstanceState.TERMINATING).absent(NOW, NOW.plusSeconds(60)));
    }

    @Test
    void instanceIsInsertedOnce() {
        Instance first = Rentals.in(InstanceState.PROVISIONING);
        assertThat(store.insert(first)).isTrue();

        Instance second = Instance.ordered(first.id(), Rentals.OWNER, Rentals.SPEC, first.segments().getFirst(),
                NOW.plusSeconds(1));

        assertThat(store.insert(second)).isFalse();
        assertThat(store.find(first.id())).contains(first);
    }

    @Test
    void saveBasedOnAnOldVersionChangesNothing() {
        Instance seen = Rentals.in(InstanceState.PROVISIONING);
        store.insert(seen);
        Instance created = seen.created(Rentals.machine());
        assertThat(store.save(created)).isTrue();

        assertThat(store.save(seen.terminating(InstanceState.DESTROYED, "owner_request", NOW))).isFalse();
        assertThat(store.find(seen.id())).contains(created);
    }

    /** As two functions would that saw the same row in the same millisecond: only one of them may act upon it. */
    @Test
    void ofTwoWritersOfTheSameNextRowOneIsRefused() {
        Instance seen = Rentals.in(InstanceState.PROVISIONING);

        assertThat(store.insert(seen)).isTrue();
        assertThat(store.insert(seen)).isFalse();
        assertThat(store.save(seen.awaitingExtension())).isTrue();
        assertThat(store.save(seen.awaitingExtension())).isFalse();
    }

    @Test
    void unknownInstanceIsNeitherFoundNorSaved() {
        Instance unknown = Rentals.in(InstanceState.ACTIVE);

        assertThat(store.save(unknown)).isFalse();
        assertThat(store.find(unknown.id())).isEmpty();
    }

    @Test
    void ownerSeesHisOwnAndOnlyHisOwnNewestFirst() {
        Instance oldest = Rentals.ordered(24, NOW);
        Instance newest = Rentals.ordered(24, NOW.plusSeconds(2));
        Instance middle = Rentals.ordered(24, NOW.plusSeconds(1));
        Instance theirs = Instance.ordered(new InstanceId(UUID.randomUUID()),
                new Wallet("0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc"), Rentals.SPEC,
                oldest.segments().getFirst(), NOW);
        List.of(oldest, newest, middle, theirs).forEach(store::insert);

        assertThat(store.ownedBy(Rentals.OWNER, PageRequest.newest(100)).rows())
                .containsExactly(newest, middle, oldest);
        assertThat(store.ownedBy(new Wallet("0x" + "00".repeat(20)), PageRequest.newest(100)).rows()).isEmpty();
    }

    @Test
    void pagesAddUpToTheListAlsoWhereInstancesAreOfTheSameInstant() {
        List<InstanceId> ids = new ArrayList<>();
        for (int made = 0; made < 20; made++) {
            Instance instance = Rentals.ordered(24, NOW.plusSeconds(made / 10));
            store.insert(instance);
            ids.add(instance.id());
        }

        List<Instance> listed = new ArrayList<>();
        PageRequest<Instance> request = PageRequest.newest(3);
        Page<Instance> page = store.ownedBy(Rentals.OWNER, request);
        listed.addAll(page.rows());
        while (page.next().isPresent()) {
            page = store.ownedBy(Rentals.OWNER, request.after(page.next().get()));
            listed.addAll(page.rows());
        }

        assertThat(listed).isSortedAccordingTo(Comparator.comparing(Instance::createdAt).reversed());
        assertThat(listed).extracting(Instance::id).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void filterKnowsInstancesByTheirOutcome() {
        Instance active = Rentals.in(InstanceState.ACTIVE);
        Instance going = Rentals.in(InstanceState.TERMINATING);
        Instance expired = Rentals.in(InstanceState.EXPIRED);
        List.of(active, going, expired).forEach(store::insert);

        assertThat(filtered(filter(InstanceState.DESTROYED))).containsExactly(going.id());
        assertThat(filtered(filter(InstanceState.ACTIVE, InstanceState.EXPIRED)))
                .containsExactlyInAnyOrder(active.id(), expired.id());
        assertThat(filtered(new InstanceFilter(Set.of(), Optional.of("another"), Optional.empty(), Optional.empty())))
                .isEmpty();
        assertThat(filtered(new InstanceFilter(Set.of(), Optional.of(Rentals.SPEC.plan()), Optional.of("ewr"),
                Optional.of("test")))).hasSize(3);
    }

    private static InstanceFilter filter(InstanceState... states) {
        return new InstanceFilter(Set.of(states), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private List<InstanceId> filtered(InstanceFilter filter) {
        return store.ownedBy(Rentals.OWNER, PageRequest.<Instance>newest(100).only(filter)).rows().stream()
                .map(Instance::id).toList();
    }

    @Test
    void dueAreThoseWhoseTimeHasComeInEveryShard() {
        List<InstanceId> ids = new ArrayList<>();
        for (int second = 0; second < 40; second++) {
            Instance instance = Rentals.ordered(24, NOW.plusSeconds(second));
            store.insert(instance);
            ids.add(instance.id());
        }
        Instant firstWarning = NOW.plus(Duration.ofHours(23));

        assertThat(store.due(firstWarning.minusMillis(1))).isEmpty();
        assertThat(store.due(firstWarning.plusSeconds(19))).containsExactlyInAnyOrderElementsOf(ids.subList(0, 20));
        assertThat(store.due(A_MONTH_LATER)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void extensionMovesAnInstanceInTheIndex() {
        Instance active = Rentals.in(InstanceState.ACTIVE).published();
        store.insert(active);
        PaidSegment day = PaidSegment.ofHours(UUID.randomUUID().toString(), 24, new Usdc(70_800));
        Instance longer = active.extended(day, NOW);
        store.save(longer);
        assertThat(store.due(NOW)).as("its event is to be published").containsExactly(active.id());

        store.save(longer.published());

        assertThat(store.due(active.expiresAt().minusMillis(1))).isEmpty();
        assertThat(store.due(active.expiresAt())).as("the warning of the new end, a day before it")
                .containsExactly(active.id());
    }

    @ParameterizedTest
    @EnumSource(names = {"DESTROYED", "EXPIRED", "FAILED"})
    void instanceThatEndedLeavesTheIndexOnceItsEventsArePublished(InstanceState ended) {
        Instance instance = Rentals.in(ended);
        store.insert(instance);
        assertThat(store.due(A_MONTH_LATER)).containsExactly(instance.id());

        store.save(instance.published());

        assertThat(store.due(A_MONTH_LATER)).isEmpty();
        assertThat(dynamo.table("instances").get(Item.create().put("id", instance.id().toString())).orElseThrow()
                .attributes()).doesNotContainKeys("due", "due_at", "events");
    }

    private void assertComesBack(Instance instance) {
        store.insert(instance);
        assertThat(store.find(instance.id())).contains(read(instance));
    }

    /** The same instance with its events as they are read: numbers in text have no Java type. */
    private static Instance read(Instance instance) {
        List<DomainEvent> events = instance.pendingEvents().stream()
                .map(event -> DomainEvent.ofStored(event.stored()))
                .toList();
        return new Instance(instance.id(), instance.owner(), instance.spec(), instance.segments(), instance.state(),
                instance.createdAt(), instance.expiresAt(), instance.warning(), instance.extensionClaimed(),
                instance.creation(), instance.password(), instance.machine(), instance.termination(),
                instance.operation(), instance.autoExtend(), events, instance.version());
    }
}
