package io.x402compute.instance;

import static io.x402compute.instance.InstanceState.ACTIVE;
import static io.x402compute.instance.InstanceState.DESTROYED;
import static io.x402compute.instance.InstanceState.EXPIRED;
import static io.x402compute.instance.InstanceState.FAILED;
import static io.x402compute.instance.InstanceState.PROVISIONING;
import static io.x402compute.instance.InstanceState.TERMINATING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.instance.Standing.Allowed;
import io.x402compute.instance.Standing.Orphan;
import io.x402compute.instance.Standing.Overdue;

class StandingTest {
    private static final Instant DURING_LEASE = Rentals.NOW.plus(Duration.ofHours(1));
    private static final Instant AFTER_LEASE = Rentals.NOW.plus(Duration.ofHours(24));
    private static final boolean OLDEST = true;
    private static final boolean LATER = false;

    private static final String ITS = Rentals.machine().providerId();
    private static final String ANOTHER = "another-machine";

    static Stream<Arguments> table() {
        Optional<Instance> none = Optional.empty();
        Instance extending = Rentals.in(ACTIVE).awaitingExtension();
        return Stream.of(
                Arguments.of("no row", ITS, OLDEST, none, DURING_LEASE, new Orphan(OrphanReason.NO_INSTANCE)),
                Arguments.of("its row is active", ITS, LATER, row(ACTIVE), DURING_LEASE, new Allowed()),
                Arguments.of("to be adopted", ITS, OLDEST, row(PROVISIONING), DURING_LEASE, new Allowed()),
                Arguments.of("another will be adopted", ITS, LATER, row(PROVISIONING), DURING_LEASE, extra()),
                Arguments.of("its row has another", ANOTHER, OLDEST, row(ACTIVE), DURING_LEASE, extra()),
                Arguments.of("being ended", ITS, OLDEST, row(TERMINATING), AFTER_LEASE, new Allowed()),
                Arguments.of("another is being ended", ANOTHER, OLDEST, row(TERMINATING), DURING_LEASE, extra()),
                Arguments.of("closed as destroyed", ITS, OLDEST, row(DESTROYED), DURING_LEASE, ended()),
                Arguments.of("closed as expired", ITS, OLDEST, row(EXPIRED), DURING_LEASE, ended()),
                Arguments.of("never created, said the provider", ITS, OLDEST, row(FAILED), DURING_LEASE, ended()),
                Arguments.of("overdue", ITS, OLDEST, row(ACTIVE), AFTER_LEASE, overdue(ACTIVE)),
                Arguments.of("overdue before it was up", ITS, OLDEST, row(PROVISIONING), AFTER_LEASE,
                        overdue(PROVISIONING)),
                Arguments.of("an extension is settling", ITS, OLDEST, Optional.of(extending), AFTER_LEASE,
                        new Allowed()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void machineIsJudgedByItsRow(String name, String id, boolean oldest, Optional<Instance> row, Instant now,
            Standing expected) {
        Standing standing = Standing.of(machine(id, "", List.of()), oldest, row, now);

        assertThat(kind(standing)).isEqualTo(kind(expected));
    }

    @Test
    void onlyTheWholeTagCountsInUpperOrLowerCase() {
        assertThat(machine("a", "", List.of("X402Compute:Table-1", "op-x")).carries("x402compute:table-1")).isTrue();
        assertThat(machine("a", "", List.of("x402compute:table-12")).carries("x402compute:table-1")).isFalse();
        assertThat(machine("a", "x402compute:table-1", List.of()).carries("x402compute:table-1")).isFalse();
    }

    @Test
    void theInstanceIsToldByTagOrLabelAndByNothingThatLooksAlike() {
        InstanceId id = InstanceId.of("5f0c7d5e-3c7b-4c7e-9a51-7d1f0a2b3c4d");

        assertThat(machine("a", "", List.of("other", "OP-" + id)).instance()).contains(id);
        assertThat(machine("a", "op-" + id, List.of()).instance()).contains(id);
        assertThat(machine("a", "web op-" + id, List.of("op-", "op-1", id.toString())).instance()).isEmpty();
    }

    private static ListedMachine machine(String id, String label, List<String> tags) {
        return new ListedMachine(id, MachineKind.INSTANCE, label, tags, Optional.of(Rentals.NOW));
    }

    private static Optional<Instance> row(InstanceState state) {
        return Optional.of(Rentals.in(state));
    }

    private static Orphan extra() {
        return new Orphan(OrphanReason.EXTRA_MACHINE);
    }

    private static Orphan ended() {
        return new Orphan(OrphanReason.INSTANCE_ENDED);
    }

    private static Overdue overdue(InstanceState state) {
        return new Overdue(Rentals.in(state));
    }

    /** Rows are made anew each time, under another id. */
    private static String kind(Standing standing) {
        return switch (standing) {
            case Allowed() -> "allowed";
            case Orphan(OrphanReason reason) -> reason.name();
            case Overdue(Instance row) -> "overdue " + row.state();
        };
    }
}
