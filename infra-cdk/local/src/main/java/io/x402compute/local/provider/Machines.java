package io.x402compute.local.provider;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All machines of the account, the destroyed ones too, in the order they were made. */
final class Machines {
    private static final Duration UNSEEN = Duration.ofSeconds(1);

    private final Clock clock;
    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private Duration unseenByGet = UNSEEN;
    private Duration unseenByList = UNSEEN;
    private Duration shownAfterDestruction = Duration.ZERO;
    private int most = Integer.MAX_VALUE;

    Machines(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** For how long a new machine is missing from single reads and from lists. */
    void setLag(Duration get, Duration list) {
        unseenByGet = get;
        unseenByList = list;
    }

    /** For how long a destroyed machine still shows. */
    void setDestructionLag(Duration lag) {
        shownAfterDestruction = lag;
    }

    void setMost(int limit) {
        most = limit;
    }

    Machine make(MachineOrder order) {
        if (machines.values().stream().filter(Machine::live).count() >= most) {
            throw Refused.badRequest("Server add failed: You have reached the maximum number of active instances for "
                    + "this account.");
        }
        return add(order, now());
    }

    Machine add(MachineOrder order, Instant created) {
        int number = machines.size() + 1;
        String id = UUID.nameUUIDFromBytes(("machine " + number).getBytes(StandardCharsets.UTF_8)).toString();
        // Addresses of a block that RFC 2544 keeps for tests.
        String address = "198.18." + number / 250 + "." + (2 + number % 250);
        Machine machine = new Machine(id, order, address, created);
        machines.put(id, machine);
        return machine;
    }

    /** One machine; missing for a moment after it was made, and perhaps still there for one after it was destroyed. */
    Optional<Machine> visible(MachineKind kind, String id) {
        return Optional.ofNullable(machines.get(id)).filter(machine -> shown(kind, machine, unseenByGet));
    }

    /** The machines of that kind, without those made a moment ago. */
    List<Machine> visible(MachineKind kind) {
        return machines.values().stream().filter(machine -> shown(kind, machine, unseenByList)).toList();
    }

    /** Another machine of the same order, now. */
    Machine twin(String operation) {
        Machine first = machines.values().stream()
                .filter(machine -> machine.order(now()).tags().contains(operation)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no machine is tagged " + operation));
        return add(first.order(now()), now());
    }

    /** @throws IllegalArgumentException if there never was one */
    Machine ever(String id) {
        return Optional.ofNullable(machines.get(id))
                .orElseThrow(() -> new IllegalArgumentException("no such machine: " + id));
    }

    List<SimulatedMachine> views() {
        return machines.values().stream().map(machine -> machine.view(now())).toList();
    }

    BigDecimal bill() {
        return machines.values().stream().map(machine -> machine.charged(now()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private boolean shown(MachineKind kind, Machine machine, Duration unseen) {
        return machine.kind() == kind && machine.shown(now(), shownAfterDestruction)
                && machine.age(now()).compareTo(unseen) >= 0;
    }
}
