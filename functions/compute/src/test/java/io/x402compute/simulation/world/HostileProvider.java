package io.x402compute.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.x402compute.instance.FailureReason;
import io.x402compute.instance.ListedMachine;
import io.x402compute.instance.Machine;
import io.x402compute.instance.MachineKind;
import io.x402compute.instance.MachineProvider;
import io.x402compute.instance.MachineSpec;
import io.x402compute.instance.Operation;
import io.x402compute.instance.OperationKind;
import io.x402compute.instance.ProviderInventory;
import io.x402compute.instance.RootAccess;
import io.x402compute.instance.VultrMachines;
import io.x402compute.simulation.schedule.Scheduler;

/**
 * The provider, with what its users have seen of it, as far as that shows at this port: orders carried out whose answer is lost, and
 * such as land later; refusals, throttling and stock that is gone; lists and lookups that miss a new machine for half a minute, or
 * any machine for a moment; machines that never boot or vanish; deletions refused while a machine is busy, accepted and not carried
 * out, or carried out late; two machines for one order; other people's machines; and outages. What is not at this port (texts,
 * pages, tags of other cases, forms of dates, HTML from a proxy) is the matter of the tests of {@code vultr}.
 *
 * <p>What nothing could survive it does not do: no machine shows for the first time later than a minute after it was ordered, and
 * none hides twice.
 */
public final class HostileProvider implements MachineProvider, ProviderInventory {
    public static final String DEPLOYMENT = "instances-simulated";
    private static final Duration BOOT = Duration.ofSeconds(75);
    private static final Duration NEVER = Duration.ofDays(1000);
    private static final long PENDING = 45_000;
    private static final long LANDS_WITHIN = 12_000;
    private static final int HIDES_FOR = 45_000;
    /** As many as a pass of the reconciler may destroy at once; what happens then has its own tests. */
    private static final int MOST_EXTRAS = 2;

    private final Scheduler scheduler;
    private final Weather weather;
    private final Trace trace;
    private final Witness witness;
    private final List<Site> sites = new ArrayList<>();
    private long downUntil;
    private int extras;
    private boolean soldOut;

    HostileProvider(Scheduler scheduler, Weather weather, Trace trace, Witness witness) {
        this.scheduler = scheduler;
        this.weather = weather;
        this.trace = trace;
        this.witness = witness;
    }

    /** Nobody reaches it for so long. */
    public void down(long millis) {
        downUntil = Math.max(downUntil, scheduler.millis() + millis);
    }

    public void soldOut(boolean now) {
        soldOut = now;
    }

    /** Everything that was ever here. */
    public List<Site> sites() {
        return sites;
    }

    /** Somebody else's machine. */
    public Site add(MachineKind kind, String label, String tag) {
        return make(kind, label, List.of(tag), BOOT);
    }

    /** A machine that looks like one of ours and was never ordered. */
    public void orphan(MachineKind kind, String label) {
        if (mayHaveAnother()) {
            make(kind, label, List.of(VultrMachines.tag(DEPLOYMENT)), BOOT);
        }
    }

    /** A second machine of an order, if it has one at all: of what was never carried out there is nothing. */
    public void twin(String operation) {
        if (sites.stream().anyMatch(site -> site.label().equals(operation))) {
            extra(operation);
        }
    }

    private void extra(String operation) {
        if (mayHaveAnother()) {
            make(operation);
        }
    }

    private boolean mayHaveAnother() {
        return extras++ < MOST_EXTRAS;
    }

    /** Somebody deletes a machine by hand. */
    public void vanish(Site site) {
        site.delete(scheduler.now());
    }

    @Override
    public Creation create(String operationId, MachineSpec spec, RootAccess access, Instant deadline) {
        witness.ordering(operationId);
        if (isDown()) {
            return new Creation.Unknown("no route to host");
        }
        if (soldOut) {
            witness.notOrdered(operationId);
            return new Creation.Refused(FailureReason.NO_CAPACITY, "Plan is not available in this location");
        }
        if (!troubled("create")) {
            return new Creation.Created(seen(make(operationId)));
        }
        int kind = weather.pick(7);
        trace.note(() -> "   create goes wrong, " + kind);
        return switch (kind) {
            case 0 -> {
                make(operationId);
                yield new Creation.Unknown("connection reset");
            }
            case 1 -> {
                scheduler.at(scheduler.millis() + weather.pick((int) LANDS_WITHIN), () -> make(operationId));
                yield new Creation.Unknown("timeout");
            }
            case 2 -> new Creation.Unknown("HTTP 502");
            case 3 -> {
                witness.notOrdered(operationId);
                yield new Creation.Refused(FailureReason.PROVIDER_REFUSED, "Invalid plan chosen.");
            }
            case 4 -> {
                witness.notOrdered(operationId);
                yield new Creation.Deferred(Duration.ofSeconds(5));
            }
            case 5 -> {
                extra(operationId);
                yield new Creation.Created(seen(make(operationId)));
            }
            default -> new Creation.Created(seen(make(MachineKind.INSTANCE, operationId,
                    List.of(VultrMachines.tag(DEPLOYMENT), operationId), NEVER)));
        };
    }

    @Override
    public Search find(String operationId) {
        if (isDown() || troubled("find")) {
            return new Search.Unavailable("HTTP 503");
        }
        List<Machine> found = showing(site -> site.label().equals(operationId))
                .sorted(Comparator.comparing(Site::madeAt).thenComparing(Site::id)).map(this::seen).toList();
        witness.looked(operationId, found.isEmpty());
        return new Search.Found(found);
    }

    @Override
    public Sighting look(String providerId) {
        return switch (look(MachineKind.INSTANCE, providerId)) {
            case PRESENT -> new Sighting.Present(seen(site(providerId).orElseThrow()));
            case ABSENT -> new Sighting.Absent();
            case UNKNOWN -> new Sighting.Unavailable("HTTP 503");
        };
    }

    @Override
    public Presence look(MachineKind kind, String providerId) {
        if (isDown() || troubled("look")) {
            return Presence.UNKNOWN;
        }
        hidePerhaps(providerId);
        boolean absent = showing(site -> site.kind() == kind && site.id().equals(providerId)).findAny().isEmpty();
        witness.looked(providerId, absent);
        return absent ? Presence.ABSENT : Presence.PRESENT;
    }

    @Override
    public Inventory list() {
        if (isDown() || troubled("list")) {
            return new Inventory.Unavailable("provider_unavailable");
        }
        List<ListedMachine> machines = showing(site -> true).map(site -> new ListedMachine(site.id(), site.kind(),
                site.label(), site.tags(), Optional.of(site.madeAt()))).toList();
        witness.listed(machines.stream().map(ListedMachine::providerId).toList());
        return new Inventory.Complete(machines);
    }

    @Override
    public Deletion delete(String providerId) {
        return delete(site(providerId), false);
    }

    @Override
    public Deletion delete(MachineKind kind, String providerId) {
        return delete(site(providerId).filter(site -> site.kind() == kind), true);
    }

    private Deletion delete(Optional<Site> wanted, boolean byReconciler) {
        if (isDown()) {
            return new Deletion.Unavailable("no route to host");
        }
        wanted.ifPresent(site -> witness.deleting(site, byReconciler));
        Optional<Site> live = wanted.filter(Site::isLive);
        if (live.isEmpty()) {
            return new Deletion.Accepted();
        }
        Site site = live.get();
        long now = scheduler.millis();
        if (now < site.madeAt().toEpochMilli() + PENDING || site.isBusy(now)) {
            return new Deletion.Busy("This subscription is not currently active, you cannot destroy it.");
        }
        if (!troubled("delete")) {
            site.delete(scheduler.now());
            return new Deletion.Accepted();
        }
        return switch (weather.pick(5)) {
            case 0 -> new Deletion.Unavailable("HTTP 500");
            case 1 -> {
                site.delete(scheduler.now());
                yield new Deletion.Unavailable("HTTP 500");
            }
            case 2 -> {
                scheduler.at(now + weather.pick(120_000), () -> site.delete(scheduler.now()));
                yield new Deletion.Accepted();
            }
            // Accepted and forgotten.
            case 3 -> new Deletion.Accepted();
            default -> {
                site.busy(now + weather.pick(300_000));
                yield new Deletion.Busy("Server is currently locked");
            }
        };
    }

    @Override
    public Execution execute(String providerId, Operation operation, Instant deadline) {
        if (isDown()) {
            return new Execution.Unknown("no route to host");
        }
        Optional<Site> live = site(providerId).filter(Site::isLive);
        if (live.isEmpty()) {
            return new Execution.Refused("machine_missing", "instance not found");
        }
        boolean on = operation.kind() != OperationKind.STOP;
        if (!troubled("execute")) {
            live.get().power(on);
            return new Execution.Accepted(Optional.empty());
        }
        return switch (weather.pick(4)) {
            case 0 -> new Execution.Unknown("HTTP 502");
            case 1 -> {
                live.get().power(on);
                yield new Execution.Unknown("connection reset");
            }
            case 2 -> new Execution.Deferred(Duration.ofSeconds(5));
            default -> {
                scheduler.at(scheduler.millis() + weather.pick(19_000), () -> live.get().power(on));
                yield new Execution.Accepted(Optional.empty());
            }
        };
    }

    private boolean isDown() {
        return scheduler.millis() < downUntil;
    }

    private boolean troubled(String call) {
        return weather.strikes(weather.climate().provider(), "provider: " + call);
    }

    /** A machine that is there is not found for a moment; once in its life. */
    private void hidePerhaps(String providerId) {
        site(providerId).filter(site -> site.isLive() && !site.wasHidden())
                .filter(site -> weather.strikes(weather.climate().provider() / 3, "a machine hides"))
                .ifPresent(site -> site.hide(scheduler.now().plusMillis(weather.pick(HIDES_FOR))));
    }

    private Stream<Site> showing(Predicate<Site> wanted) {
        Instant now = scheduler.now();
        return sites.stream().filter(wanted).filter(site -> site.shows(now));
    }

    private Site make(String operation) {
        boolean stuck = weather.strikes(weather.climate().provider() / 8, "a machine never boots");
        return make(MachineKind.INSTANCE, operation, List.of(VultrMachines.tag(DEPLOYMENT), operation),
                stuck ? NEVER : BOOT);
    }

    private Site make(MachineKind kind, String label, List<String> tags, Duration boot) {
        Instant now = scheduler.now();
        int lag = weather.climate().listLag();
        Site site = new Site("machine-" + (sites.size() + 1), kind, label, tags, now,
                now.plusMillis(lag == 0 ? 0 : weather.pick(lag)), now.plus(boot));
        sites.add(site);
        trace.note(() -> "   " + site.id() + " is made for " + label);
        return site;
    }

    private Machine seen(Site site) {
        boolean up = site.isUp(scheduler.now());
        return new Machine(site.id(), site.madeAt(), up, up ? "192.0.2.7" : Machine.NO_ADDRESS, "", up ? "ok" : "none",
                "Ubuntu 24.04 LTS x64", 2, 8192, 50, "vcg-a16-2c-8g-2vram", "running");
    }

    private Optional<Site> site(String providerId) {
        return sites.stream().filter(site -> site.id().equals(providerId)).findFirst();
    }
}
