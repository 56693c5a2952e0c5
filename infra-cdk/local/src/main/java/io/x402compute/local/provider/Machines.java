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

    void setMost(int limit) {
        most = limit;
    }

    Machine make(MachineOrder order) {
        if (machines.values().stream().filter(Machine::live).count() >= most) {
            throw Refused.badRequest("Server add failed: You have reached the maximum number of active instances for "
                    + "this account.");
        }
        int number = machines.size() + 1;
        String id = UUID.nameUUIDFromBytes(("machine " + number).getBytes(StandardCharsets.UTF_8)).toString();
        // Addresses of a block that RFC 2544 keeps for tests.
        String address = "198.18." + number / 250 + "." + (2 + number % 250);
        Machine machine = new Machine(id, order, address, now());
        machines.put(id, machine);
        return machine;
    }

    /** One live machine; missing for a moment after it was made. */
    Optional<Machine> visible(String id) {
        return Optional.ofNullable(machines.get(id))
                .filter(Machine::live)
                .filter(machine -> machine.age(now()).compareTo(unseenByGet) >= 0);
    }

    /** The live machines, without those made a moment ago. */
    List<Machine> visible() {
        return machines.values().stream()
                .filter(Machine::live)
                .filter(machine -> machine.age(now()).compareTo(unseenByList) >= 0)
                .toList();
    }

    List<SimulatedMachine> views() {
        return machines.values().stream().map(machine -> machine.view(now())).toList();
    }

    BigDecimal bill() {
        return machines.values().stream().map(machine -> machine.charged(now()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
