package io.x402compute.instance;

import static io.x402compute.instance.InstanceState.ACTIVE;
import static io.x402compute.instance.InstanceState.DESTROYED;
import static io.x402compute.instance.InstanceState.EXPIRED;
import static io.x402compute.instance.InstanceState.FAILED;
import static io.x402compute.instance.InstanceState.PROVISIONING;
import static io.x402compute.instance.InstanceState.TERMINATING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

import io.x402compute.x402.protocol.Usdc;

class InstanceTest {
    private static final Instant NOW = Rentals.NOW;
    private static final PaidSegment DAY = PaidSegment.ofHours("9b2f6d4e-3f3a-4f0e-9a4e-1d8a3a4c7b10", 24,
            new Usdc(70_800));

    /** One arrow of the machine, and where it leads from each state that it may leave. */
    record Arrow(String name, UnaryOperator<Instance> step, Map<InstanceState, InstanceState> leads) {
        static Arrow to(InstanceState state, Set<InstanceState> from, String name, UnaryOperator<Instance> step) {
            return new Arrow(name, step, Map.copyOf(from.stream()
                    .collect(Collectors.toMap(each -> each, each -> state))));
        }

        static Arrow within(Set<InstanceState> states, String name, UnaryOperator<Instance> step) {
            return new Arrow(name, step, Map.copyOf(states.stream()
                    .collect(Collectors.toMap(each -> each, each -> each))));
        }

        Arguments from(InstanceState state) {
            return Arguments.of(name, state, this);
        }
    }

    private static final Stream<Arrow> ARROWS = Stream.of(
            Arrow.within(Set.of(PROVISIONING), "sending", instance -> instance.sending(NOW, NOW)),
            Arrow.within(Set.of(PROVISIONING), "sending with a password",
                    instance -> instance.sending(NOW, NOW, new SealedPassword("sealed"))),
            Arrow.within(Set.of(ACTIVE), "revealed", instance -> instance.revealed(NOW)),
            Arrow.within(Set.of(PROVISIONING, TERMINATING), "deferred", Instance::deferred),
            Arrow.within(Set.of(PROVISIONING, TERMINATING), "unanswered", Instance::unanswered),
            Arrow.within(Set.of(PROVISIONING, TERMINATING), "created",
                    instance -> instance.created(Rentals.machine())),
            Arrow.to(ACTIVE, Set.of(PROVISIONING), "up", instance -> instance.up(Rentals.machine(), NOW)),
            Arrow.to(FAILED, Set.of(PROVISIONING), "neverCreated", instance -> instance.neverCreated("no", NOW)),
            Arrow.within(Set.of(PROVISIONING, ACTIVE), "awaitingExtension", Instance::awaitingExtension),
            Arrow.within(Set.of(ACTIVE), "operating",
                    instance -> instance.operating(Operation.sent(OperationKind.STOP, Optional.empty(), NOW))),
            Arrow.within(Set.of(PROVISIONING, ACTIVE), "extended", instance -> instance.extended(DAY, NOW)),
            Arrow.to(TERMINATING, Set.of(PROVISIONING, ACTIVE), "terminating",
                    instance -> instance.terminating(EXPIRED, "lease_over", NOW)),
            Arrow.within(Set.of(TERMINATING), "deletionAsked", instance -> instance.deletionAsked(NOW)),
            Arrow.within(Set.of(TERMINATING), "absent", instance -> instance.absent(NOW, NOW)),
            Arrow.to(DESTROYED, Set.of(TERMINATING), "closed", Instance::closed));

    static final List<Arguments> EVERY_ARROW_FROM_EVERY_STATE = ARROWS
            .flatMap(arrow -> Arrays.stream(InstanceState.values()).map(arrow::from))
            .toList();

    @ParameterizedTest(name = "{0} from {1}")
    @FieldSource("EVERY_ARROW_FROM_EVERY_STATE")
    void arrowLeavesOnlyTheStatesItMay(String name, InstanceState state, Arrow arrow) {
        Instance instance = Rentals.in(state);

        if (arrow.leads().containsKey(state)) {
            Instance next = arrow.step().apply(instance);
            assertThat(next.state()).isEqualTo(arrow.leads().get(state));
            assertThat(next.version()).isEqualTo(instance.version() + 1);
        } else {
            assertThatIllegalStateException().isThrownBy(() -> arrow.step().apply(instance))
                    .withMessageContaining(instance.id().toString()).withMessageContaining(state.name());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESTROYED", "EXPIRED", "FAILED"})
    void instanceThatEndedRestsOnceItsEventsArePublished(InstanceState ended) {
        Instance instance = Rentals.in(ended);

        assertThat(instance.dueAt()).contains(instance.pendingEvents().getFirst().time());
        assertThat(instance.published().dueAt()).isEmpty();
    }

    @Test
    void passwordIsGoneOnceItIsRevealedOrTheEndIsDecided() {
        Instance sending = Rentals.keyless(NOW).sending(NOW, NOW, new SealedPassword("sealed"));
        Instance active = sending.created(Rentals.machine()).up(Rentals.machine(), NOW);
        assertThat(active.password().sealed()).isPresent();

        assertThat(active.revealed(NOW).password())
                .isEqualTo(new OneTimePassword(Optional.empty(), Optional.of(NOW)));
        assertThat(active.terminating(EXPIRED, "lease_over", NOW).password()).isEqualTo(OneTimePassword.NONE);
        assertThat(sending.neverCreated("no_capacity", NOW).password()).isEqualTo(OneTimePassword.NONE);
        assertThat(active.revealed(NOW).terminating(EXPIRED, "lease_over", NOW).password().revealedAt())
                .contains(NOW);
    }

    @Test
    void aMachineThatIsFoundLateHasToBeMissedTwiceItself() {
        Instance missed = Rentals.in(InstanceState.PROVISIONING).terminating(EXPIRED, "lease_over", NOW)
                .absent(NOW, NOW.plusSeconds(60));
        assertThat(missed.termination().orElseThrow().firstAbsentAt()).isPresent();

        Instance found = missed.created(Rentals.machine());

        assertThat(found.termination().orElseThrow().firstAbsentAt()).isEmpty();
    }

    @Test
    void claimedExtensionDelaysTheEndByFiveMinutesOnce() {
        Instance active = warned(Rentals.in(ACTIVE));
        Instant graced = active.expiresAt().plus(Duration.ofMinutes(5));

        assertThat(active.awaitingExtension().dueAt()).contains(graced);
        assertThat(active.awaitingExtension().awaitingExtension().dueAt()).contains(graced);
        assertThat(active.awaitingExtension().isOver(graced.minusMillis(1))).isFalse();
        assertThat(active.awaitingExtension().isOver(graced)).isTrue();
    }

    /** Of everything there is to warn of. */
    private static Instance warned(Instance instance) {
        return instance.warned(instance.expiresAt().minusSeconds(1)).published();
    }

    @Test
    void extensionMovesTheEndAndNeedsNoGraceAnyMore() {
        Instance active = Rentals.in(ACTIVE);

        Instance longer = active.awaitingExtension().extended(DAY, NOW);

        assertThat(longer.expiresAt()).isEqualTo(active.expiresAt().plus(Duration.ofHours(24)));
        assertThat(longer.extensionClaimed()).isFalse();
        assertThat(longer.prepaidHours()).isEqualTo(48);
        assertThat(longer.wasExtendedBy(DAY.orderId())).isTrue();
    }
}
