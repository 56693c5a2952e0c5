package io.x402compute.instance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A provider in memory: machines boot by the clock, cannot be deleted while they are pending, and its answers can get lost. */
public final class FakeProvider implements MachineProvider, ProviderInventory {
    /** The deployment whose tag its machines carry, unless they are somebody else's. */
    public static final String DEPLOYMENT = "instances-test";
    public static final Duration PENDING = Duration.ofSeconds(45);
    public static final Duration BOOT = Duration.ofSeconds(90);
    /** After that a change of power or plan shows. */
    public static final Duration CHANGE = Duration.ofSeconds(15);

    /** What goes wrong with the next order. */
    public enum Trouble {
        /** The machine is made and nobody hears of it. */
        ANSWER_LOST,
        /** Nothing is made, and nobody hears of that either. */
        REQUEST_LOST,
        /** There are no machines left. */
        REFUSED,
        /** The machine is one that is not made for us. */
        REJECTED,
        /** Our key is no good any more. */
        BARRED,
        DEFERRED
    }

    /** A change of power or plan that shows from then on. */
    private record Changed(UnaryOperator<Machine> change, Instant from) {}

    private record Made(
            MachineKind kind, String operation, List<String> tags, Machine machine, Instant at,
            Optional<Instant> deletedAt) {
        Made deleted(Instant now) {
            return new Made(kind, operation, tags, machine, at, Optional.of(now));
        }

        ListedMachine listed() {
            return new ListedMachine(machine.providerId(), kind, operation, tags, Optional.of(at));
        }
    }

    private final Clock clock;
    private final List<Made> machines = new ArrayList<>();
    private final List<RootAccess> orders = new ArrayList<>();
    private final Map<String, List<Changed>> changes = new HashMap<>();
    private final Deque<Trouble> operationTroubles = new ArrayDeque<>();
    private final List<OperationKind> executions = new ArrayList<>();
    private Runnable duringExecution = () -> {};
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private Runnable duringCreate = () -> {};
    private Runnable duringAnswer = () -> {};
    private final List<String> deletions = new ArrayList<>();
    private boolean bootsNever;
    private final Set<String> hidden = new HashSet<>();
    private boolean listFails;
    private boolean looksFail;
    private boolean deletionsFail;
    private boolean down;
    private final List<String> calls = new ArrayList<>();
    private Duration lag = Duration.ZERO;

    public FakeProvider(Clock clock) {
        this.clock = clock;
    }

    public void next(Trouble trouble) {
        troubles.add(trouble);
    }

    /** What goes wrong with the next operation on a machine that is up. */
    public void nextOperation(Trouble trouble) {
        operationTroubles.add(trouble);
    }

    public void duringExecution(Runnable action) {
        duringExecution = action;
    }

    /** Every operation that was asked for, carried out or not. */
    public List<OperationKind> executions() {
        return List.copyOf(executions);
    }

    /** The plan that a machine is charged at. */
    public String planOf(String providerId) {
        return latest(named(providerId).orElseThrow(), Instant.MAX).plan();
    }

    public void duringCreate(Runnable action) {
        duringCreate = action;
    }

    /** While the answer to a look is on its way. */
    public void duringAnswer(Runnable action) {
        duringAnswer = action;
    }

    /** For so long a new machine shows neither in lists nor by its id. */
    public void showsMachinesAfter(Duration delay) {
        lag = delay;
    }

    public void bootsNever() {
        bootsNever = true;
    }

    /** From now on lists cannot be read, until they can. */
    public void listFails(boolean fails) {
        listFails = fails;
    }

    /** From now on single machines cannot be looked at, until they can. */
    public void looksFail(boolean fail) {
        looksFail = fail;
    }

    /** From now on lists lack that machine. */
    public void hide(String providerId) {
        hidden.add(providerId);
    }

    /** From now on deletions are not carried out, until they are. */
    public void deletionsFail(boolean fail) {
        deletionsFail = fail;
    }

    /** From now on nothing is answered, until it is. */
    public void down(boolean is) {
        down = is;
    }

    /** What was asked about machines, answered or not, oldest first: the method and the id. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Ids of all machines whose deletion was ever asked for, as often as it was. */
    public List<String> deletions() {
        return List.copyOf(deletions);
    }

    /** A machine that did not come about by an order of ours. */
    public String add(MachineKind kind, String label, String... tags) {
        return make(kind, label, List.of(tags)).machine().providerId();
    }

    /** Somebody deletes a machine by hand. */
    public void remove(String providerId) {
        named(providerId).ifPresent(
                machine -> machines.set(machines.indexOf(machine), machine.deleted(clock.instant())));
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
            case REFUSED -> new Creation.Refused(FailureReason.NO_CAPACITY, "Plan is not available in this location");
            case REJECTED -> new Creation.Refused(FailureReason.PROVIDER_REFUSED, "Invalid plan chosen.");
            case BARRED -> new Creation.Refused(FailureReason.PROVIDER_UNAUTHORIZED, "Unauthorized IP address");
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
        if (down) {
            return new Search.Unavailable("timeout");
        }
        return new Search.Found(machines.stream()
                .filter(made -> made.operation().equals(operationId) && shows(made))
                .map(this::seen)
                .toList());
    }

    @Override
    public Sighting look(String providerId) {
        calls.add("GET " + providerId);
        if (down) {
            return new Sighting.Unavailable("timeout");
        }
        Sighting seen = named(providerId).filter(this::shows).<Sighting>map(made -> new Sighting.Present(seen(made)))
                .orElseGet(Sighting.Absent::new);
        duringAnswer.run();
        return seen;
    }

    @Override
    public Inventory list() {
        return listFails
                ? new Inventory.Unavailable("provider_unavailable")
                : new Inventory.Complete(machines.stream().filter(this::shows).map(Made::listed)
                        .filter(machine -> !hidden.contains(machine.providerId())).toList());
    }

    @Override
    public Presence look(MachineKind kind, String providerId) {
        boolean there = named(providerId).filter(made -> made.kind() == kind && shows(made)).isPresent();
        return looksFail ? Presence.UNKNOWN : there ? Presence.PRESENT : Presence.ABSENT;
    }

    @Override
    public Deletion delete(MachineKind kind, String providerId) {
        return named(providerId).filter(made -> made.kind() == kind).map(made -> delete(providerId))
                .orElseGet(Deletion.Accepted::new);
    }

    @Override
    public Deletion delete(String providerId) {
        deletions.add(providerId);
        calls.add("DELETE " + providerId);
        if (deletionsFail || down) {
            return new Deletion.Unavailable("HTTP 503");
        }
        Optional<Made> made = named(providerId).filter(machine -> machine.deletedAt().isEmpty());
        if (made.isPresent() && clock.instant().isBefore(made.get().at().plus(PENDING))) {
            return new Deletion.Busy("This subscription is not currently active, you cannot destroy it.");
        }
        made.ifPresent(machine -> machines.set(machines.indexOf(machine), machine.deleted(clock.instant())));
        return new Deletion.Accepted();
    }

    @Override
    public Execution execute(String providerId, Operation operation, Instant deadline) {
        executions.add(operation.kind());
        duringExecution.run();
        Optional<Made> made = named(providerId).filter(this::shows);
        if (made.isEmpty()) {
            return new Execution.Refused("machine_missing", "instance not found");
        }
        return switch (operationTroubles.poll()) {
            case REQUEST_LOST -> new Execution.Unknown("timeout");
            case REFUSED, REJECTED -> new Execution.Refused("plan_refused", "Invalid plan chosen.");
            case BARRED -> new Execution.Refused("provider_unauthorized", "Unauthorized IP address");
            case DEFERRED -> new Execution.Deferred(Duration.ofSeconds(5));
            case ANSWER_LOST -> {
                change(providerId, operation);
                yield new Execution.Unknown("connection reset");
            }
            case null -> {
                change(providerId, operation);
                yield new Execution.Accepted(operation.upgrade().map(upgrade -> "job-" + executions.size()));
            }
        };
    }

    private void change(String providerId, Operation operation) {
        UnaryOperator<Machine> change = switch (operation.kind()) {
            case START, REBOOT -> machine -> like(machine, machine.plan(), "running");
            case STOP -> machine -> like(machine, machine.plan(), "stopped");
            case RESIZE -> machine -> like(machine, operation.upgrade().orElseThrow().to(), machine.powerStatus());
        };
        changes.computeIfAbsent(providerId, id -> new ArrayList<>())
                .add(new Changed(change, clock.instant().plus(CHANGE)));
    }

    private static Machine like(Machine machine, String plan, String powerStatus) {
        return new Machine(machine.providerId(), machine.createdAt(), machine.ready(), machine.ipAddress(),
                machine.ipv6Address(), machine.serverStatus(), machine.osName(), machine.vcpus(), machine.ramMb(),
                machine.diskGb(), plan, powerStatus);
    }

    private Machine latest(Made made, Instant at) {
        Machine machine = made.machine();
        for (Changed changed : changes.getOrDefault(machine.providerId(), List.of())) {
            machine = at.isBefore(changed.from()) ? machine : changed.change().apply(machine);
        }
        return machine;
    }

    private boolean shows(Made made) {
        return made.deletedAt().isEmpty() && !clock.instant().isBefore(made.at().plus(lag));
    }

    private Made make(String operation) {
        return make(MachineKind.INSTANCE, operation, List.of(VultrMachines.tag(DEPLOYMENT), operation));
    }

    private Made make(MachineKind kind, String operation, List<String> tags) {
        Instant now = clock.instant();
        String id = "machine-" + (machines.size() + 1);
        Machine machine = new Machine(id, now, false, Machine.NO_ADDRESS, "", "none", "Ubuntu 24.04 LTS x64", 2, 8192,
                50, Rentals.SPEC.plan(), "running");
        Made made = new Made(kind, operation, tags, machine, now, Optional.empty());
        machines.add(made);
        return made;
    }

    private Machine seen(Made made) {
        Machine machine = latest(made, clock.instant());
        boolean up = !bootsNever && !clock.instant().isBefore(made.at().plus(BOOT));
        return up
                ? new Machine(machine.providerId(), machine.createdAt(), true, "192.0.2.7", "", "ok", machine.osName(),
                        machine.vcpus(), machine.ramMb(), machine.diskGb(), machine.plan(), machine.powerStatus())
                : machine;
    }

    private Optional<Made> named(String providerId) {
        return machines.stream().filter(made -> made.machine().providerId().equals(providerId)).findFirst();
    }
}
