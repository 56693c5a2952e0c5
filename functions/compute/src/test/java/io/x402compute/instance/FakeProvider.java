package io.x402compute.instance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A provider in memory: machines boot by the clock, cannot be deleted while they are pending, and its answers can get lost. */
public final class FakeProvider implements MachineProvider {
    public static final Duration PENDING = Duration.ofSeconds(45);
    public static final Duration BOOT = Duration.ofSeconds(90);

    /** What goes wrong with the next order. */
    public enum Trouble {
        /** The machine is made and nobody hears of it. */
        ANSWER_LOST,
        /** Nothing is made, and nobody hears of that either. */
        REQUEST_LOST,
        REFUSED,
        DEFERRED
    }

    private record Made(String operation, Machine machine, Instant at, Optional<Instant> deletedAt) {
        Made deleted(Instant now) {
            return new Made(operation, machine, at, Optional.of(now));
        }
    }

    private final Clock clock;
    private final List<Made> machines = new ArrayList<>();
    private final List<RootAccess> orders = new ArrayList<>();
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private Runnable duringCreate = () -> {};
    private boolean bootsNever;
    private Duration lag = Duration.ZERO;

    public FakeProvider(Clock clock) {
        this.clock = clock;
    }

    public void next(Trouble trouble) {
        troubles.add(trouble);
    }

    public void duringCreate(Runnable action) {
        duringCreate = action;
    }

    /** For so long a new machine shows neither in lists nor by its id. */
    public void showsMachinesAfter(Duration delay) {
        lag = delay;
    }

    public void bootsNever() {
        bootsNever = true;
    }

    /** Ids of the machines that cost money now. */
    public List<String> liveIds() {
        return machines.stream()
                .filter(made -> made.deletedAt().isEmpty())
                .map(made -> made.machine().providerId())
                .toList();
    }

    public long live() {
        return machines.stream().filter(made -> made.deletedAt().isEmpty()).count();
    }

    /** What each order said about the way in, carried out or not. */
    public List<RootAccess> orders() {
        return List.copyOf(orders);
    }

    public int everMade() {
        return machines.size();
    }

    @Override
    public Creation create(String operationId, MachineSpec spec, RootAccess access, Instant deadline) {
        orders.add(access);
        duringCreate.run();
        return switch (troubles.poll()) {
            case REQUEST_LOST -> new Creation.Unknown("timeout");
            case REFUSED -> new Creation.Refused("no_capacity", "Plan is not available in this location");
            case DEFERRED -> new Creation.Deferred(Duration.ofSeconds(5));
            case ANSWER_LOST -> {
                make(operationId);
                yield new Creation.Unknown("connection reset");
            }
            case null -> new Creation.Created(seen(make(operationId)));
        };
    }

    /** Somebody else's second machine under the same operation. */
    public void duplicate(String operationId) {
        make(operationId);
    }

    @Override
    public Search find(String operationId) {
        return new Search.Found(machines.stream()
                .filter(made -> made.operation().equals(operationId) && shows(made))
                .map(this::seen)
                .toList());
    }

    @Override
    public Sighting look(String providerId) {
        return named(providerId).filter(this::shows).<Sighting>map(made -> new Sighting.Present(seen(made)))
                .orElseGet(Sighting.Absent::new);
    }

    @Override
    public Deletion delete(String providerId) {
        Optional<Made> made = named(providerId).filter(machine -> machine.deletedAt().isEmpty());
        if (made.isPresent() && clock.instant().isBefore(made.get().at().plus(PENDING))) {
            return new Deletion.Busy("This subscription is not currently active, you cannot destroy it.");
        }
        made.ifPresent(machine -> machines.set(machines.indexOf(machine), machine.deleted(clock.instant())));
        return new Deletion.Accepted();
    }

    private boolean shows(Made made) {
        return made.deletedAt().isEmpty() && !clock.instant().isBefore(made.at().plus(lag));
    }

    private Made make(String operation) {
        Instant now = clock.instant();
        String id = "machine-" + (machines.size() + 1);
        Machine machine = new Machine(id, now, false, Machine.NO_ADDRESS, "", "none", "Ubuntu 24.04 LTS x64", 2, 8192,
                50);
        Made made = new Made(operation, machine, now, Optional.empty());
        machines.add(made);
        return made;
    }

    private Machine seen(Made made) {
        Machine machine = made.machine();
        boolean up = !bootsNever && !clock.instant().isBefore(made.at().plus(BOOT));
        return up
                ? new Machine(machine.providerId(), machine.createdAt(), true, "192.0.2.7", "", "ok", machine.osName(),
                        machine.vcpus(), machine.ramMb(), machine.diskGb())
                : machine;
    }

    private Optional<Made> named(String providerId) {
        return machines.stream().filter(made -> made.machine().providerId().equals(providerId)).findFirst();
    }
}
