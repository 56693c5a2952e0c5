package io.x402compute.simulation.world;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

import io.x402compute.catalog.Catalogue;
import io.x402compute.event.EventPublisher;
import io.x402compute.inference.JobQueue;
import io.x402compute.inference.Jobs;
import io.x402compute.inference.Tariff;
import io.x402compute.inference.Upstreams;
import io.x402compute.instance.InstanceStore;
import io.x402compute.instance.MachineProvider;
import io.x402compute.instance.ProviderInventory;
import io.x402compute.instance.ReconciliationStore;
import io.x402compute.order.RefundWallet;
import io.x402compute.payment.Credits;
import io.x402compute.payment.FakeCredits;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.simulation.schedule.Scheduler;
import io.x402compute.x402.evm.EvmChain;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.TransferLookup;

/** Everything there is outside the functions, and the ports through which they see it. */
public final class World {
    /** Who is paid. */
    public static final String OPERATOR = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    /** Why somebody has credit before anything has happened. */
    public static final String GIFT = "gift";
    /** Of every payer: a contract wallet that takes its own word. */
    public static final String SIGNATURE = PayersChain.SIGNATURE;
    /** Whose money it is that goes back. */
    public static final EvmWallet REFUNDER = EvmWallet.of("0x" + "33".repeat(32));
    public static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private final Scheduler scheduler;
    private final Trace trace;
    private final Weather weather;
    private final Token token;
    private final HostileFacilitator facilitator;
    private final HostileProvider provider;
    private final Shelf shelf;
    private final Bus bus;
    private final LedgerTable ledger;
    private final InstanceTable instances;
    private final ReconciliationItem reconciliation = new ReconciliationItem();
    private final FakeCredits credits = new FakeCredits();
    private final JobTable jobs;
    private final HostileUpstream upstream;
    private final Ports ports;

    /**
     * A world in which nothing has happened yet.
     *
     * @param spared what does not go wrong although it would
     * @param traced whether what happens is to be read
     */
    public World(Scheduler scheduler, long seed, Set<Mishap> spared, boolean traced, Witness witness) {
        this.scheduler = scheduler;
        this.trace = new Trace(scheduler, traced);
        this.weather = new Weather(scheduler, Climate.of(new SplittableRandom(seed)), spared, trace);
        this.token = new Token(scheduler, weather);
        this.facilitator = new HostileFacilitator(scheduler, weather, trace, token, witness);
        this.provider = new HostileProvider(scheduler, weather, trace, witness);
        this.shelf = new Shelf(scheduler, weather);
        this.bus = new Bus(weather);
        this.ledger = new LedgerTable(scheduler, weather, witness);
        this.instances = new InstanceTable(scheduler, weather, witness);
        this.jobs = new JobTable(scheduler, weather, witness);
        this.upstream = new HostileUpstream(scheduler, weather, witness);
        this.ports = new Ports(weather, trace);
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Instant now() {
        return scheduler.now();
    }

    public Trace trace() {
        return trace;
    }

    public Weather weather() {
        return weather;
    }

    public Token token() {
        return token;
    }

    public HostileFacilitator facilitator() {
        return facilitator;
    }

    public HostileProvider provider() {
        return provider;
    }

    public Shelf shelf() {
        return shelf;
    }

    public Bus bus() {
        return bus;
    }

    public LedgerTable ledger() {
        return ledger;
    }

    public InstanceTable instances() {
        return instances;
    }

    public JobTable jobs() {
        return jobs;
    }

    public ReconciliationItem reconciliation() {
        return reconciliation;
    }

    public FakeCredits credits() {
        return credits;
    }

    /** An id for whoever has the turn. */
    public UUID newId() {
        SplittableRandom random = scheduler.running().random();
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** In every other world; its key cannot always be read, and for a while there may be too little in it. */
    Optional<RefundWallet> refundWallet() {
        return weather.climate().refundsOnChain()
                ? Optional.of(() -> weather.strikes(weather.climate().refusedWrites(), "refund wallet's key unreadable")
                        ? Optional.empty()
                        : Optional.of(REFUNDER))
                : Optional.empty();
    }

    PaymentLedger ledgerPort() {
        return ports.aroundAws(PaymentLedger.class, ledger);
    }

    InstanceStore instancesPort() {
        return ports.aroundAws(InstanceStore.class, instances);
    }

    ReconciliationStore reconciliationPort() {
        return ports.aroundAws(ReconciliationStore.class, reconciliation);
    }

    Credits creditsPort() {
        return ports.aroundAws(Credits.class, credits);
    }

    EventPublisher busPort() {
        return ports.around(EventPublisher.class, bus);
    }

    Catalogue shelfPort() {
        return ports.aroundAws(Catalogue.class, shelf);
    }

    Facilitator facilitatorPort() {
        return ports.around(Facilitator.class, facilitator);
    }

    TransferLookup transfersPort() {
        return ports.around(TransferLookup.class, token);
    }

    EvmChain chainPort() {
        return ports.around(EvmChain.class, new PayersChain(weather));
    }

    Jobs jobsPort() {
        return ports.aroundAws(Jobs.class, jobs);
    }

    JobQueue queuePort() {
        return ports.aroundAws(JobQueue.class, jobs);
    }

    Upstreams upstreamPort() {
        return ports.around(Upstreams.class, upstream);
    }

    Tariff tariff() {
        return upstream;
    }

    MachineProvider machinesPort() {
        return ports.around(MachineProvider.class, provider);
    }

    ProviderInventory inventoryPort() {
        return ports.around(ProviderInventory.class, provider);
    }
}
