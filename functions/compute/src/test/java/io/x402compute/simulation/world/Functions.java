package io.x402compute.simulation.world;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.x402compute.event.EventPublisher;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.http.RequestBody;
import io.x402compute.inference.JobSending;
import io.x402compute.inference.Jobs;
import io.x402compute.inference.KeptRuns;
import io.x402compute.inference.Notices;
import io.x402compute.inference.RunRequests;
import io.x402compute.inference.RunWorker;
import io.x402compute.inference.Runs;
import io.x402compute.inference.Services;
import io.x402compute.inference.outside.OutsideUrls;
import io.x402compute.instance.AutoExtendSettings;
import io.x402compute.instance.AutoExtendTerms;
import io.x402compute.instance.AutoExtender;
import io.x402compute.instance.ExpirySweep;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceCreator;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.InstanceStore;
import io.x402compute.instance.InstanceTerminator;
import io.x402compute.instance.MachineOperations;
import io.x402compute.instance.MachineProvider;
import io.x402compute.instance.OperationKind;
import io.x402compute.instance.PasswordReveal;
import io.x402compute.instance.PasswordSeal;
import io.x402compute.instance.ProviderReconciliation;
import io.x402compute.order.Checkout;
import io.x402compute.order.CheckoutResult;
import io.x402compute.order.CreditCheckout;
import io.x402compute.order.CreditExtensions;
import io.x402compute.order.Deliveries;
import io.x402compute.order.MachineFulfilment;
import io.x402compute.order.OrderAdvancer;
import io.x402compute.order.OrderResumption;
import io.x402compute.order.PaymentTerms;
import io.x402compute.order.PriceList;
import io.x402compute.order.Purchase;
import io.x402compute.order.Purchases;
import io.x402compute.order.RentalLimits;
import io.x402compute.order.RunFulfilment;
import io.x402compute.order.RunPrices;
import io.x402compute.order.RunPurchases;
import io.x402compute.order.TimeFulfilment;
import io.x402compute.order.TopUpFulfilment;
import io.x402compute.order.TopUps;
import io.x402compute.order.UnusedTimeCredit;
import io.x402compute.payment.Credits;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.x402.evm.PayerSignature;
import io.x402compute.x402.extension.ExtensionEcho;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** The code under test, put together as the functions do it, over the world's ports. */
public final class Functions {
    /** Short leases: a history that waits for days has a lot of nothing in it. */
    public static final RentalLimits LIMITS = new RentalLimits(1, 6);
    public static final PaymentRequirements OFFER = new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE,
            Usdc.ZERO, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", World.OPERATOR, 300,
            Map.of("name", "USD Coin", "version", "2"));
    private static final PaymentRequirements PERMIT2_OFFER = new PaymentRequirements(PaymentRequirements.EXACT,
            Network.BASE, Usdc.ZERO, OFFER.asset(), World.OPERATOR, 300, Map.of("name", "USD Coin", "version", "2",
                    PaymentRequirements.ASSET_TRANSFER_METHOD, PaymentRequirements.PERMIT2));
    /** Of what is metered. */
    public static final PaymentRequirements METERED_OFFER = PERMIT2_OFFER.upTo(World.OPERATOR);
    private static final String API = "https://api";
    private static final String PROVISION = "/compute/provision";
    private static final String RUN = "/v1/run";
    private static final Services SERVICES = Services.read();
    private static final String TOP_UP = "/compute/credits/topup";

    private final InstanceStore instances;
    private final InstanceTerminator terminator;
    private final MachineOperations operations;
    private final PasswordReveal reveal;
    private final Checkout checkout;
    private final CreditCheckout creditCheckout;
    private final TopUps topUps;
    private final Purchases purchases;
    private final AutoExtendSettings autoExtends;
    private final RunPurchases runs;
    private final JobTable queue;
    private final JobSending sending;
    private final RunWorker worker;
    private final OrderResumption resumption;
    private final ExpirySweep sweep;
    private final ProviderReconciliation reconciliation;

    public Functions(World world) {
        Clock clock = world.scheduler().clock();
        MachineProvider machines = world.machinesPort();
        PaymentLedger ledger = world.ledgerPort();
        Facilitator facilitator = world.facilitatorPort();
        TransferLookup transfers = world.transfersPort();
        EventPublisher events = world.busPort();
        Credits credits = world.creditsPort();
        PaymentTerms terms = new PaymentTerms(List.of(OFFER, PERMIT2_OFFER), Optional.of(() -> World.OPERATOR));
        PasswordSeal seal = new PasswordSeal(() -> "a secret of the simulation");
        instances = world.instancesPort();
        InstanceCreator creator = new InstanceCreator(instances, machines, seal, clock);
        operations = new MachineOperations(instances, machines, clock);
        terminator = new InstanceTerminator(instances, machines, new UnusedTimeCredit(credits), clock);
        reveal = new PasswordReveal(instances, creator, seal, clock);
        Jobs jobs = world.jobsPort();
        queue = world.jobs();
        sending = new JobSending(jobs, world.queuePort(), clock);
        worker = new RunWorker(jobs, world.upstreamPort(), world.tariff(), world.queuePort(),
                new Notices(jobs, (url, body, signature, patience) -> true, "", clock), clock);
        Runs kept = new KeptRuns(jobs, world.upstreamPort(), world.tariff(), world.queuePort(),
                length -> world.scheduler().pause(length.toMillis()), clock);
        runs = new RunPurchases(SERVICES, new RunRequests(SERVICES, new OutsideUrls(false)),
                new RunPrices(world.tariff(), Optional.empty(), clock), terms, () -> {
                    throw new IllegalStateException("everybody says what to run");
                }, world::newId, world::newId);
        Deliveries deliveries = new Deliveries(Optional.of(new MachineFulfilment(instances, creator, clock)),
                Optional.of(new TimeFulfilment(instances, LIMITS, clock)), new TopUpFulfilment(credits, clock),
                Optional.of(new RunFulfilment(kept, credits, clock)));
        OrderAdvancer orders = new OrderAdvancer(ledger, facilitator, transfers, deliveries, credits,
                world.refundWallet(), clock);
        checkout = new Checkout(terms, ExtensionEcho.NOTHING, new PayerSignature(world.chainPort()), facilitator,
                ledger, orders, clock);
        purchases = new Purchases(new PriceList(world.shelfPort(), terms, clock), instances, LIMITS, world::newId,
                clock);
        creditCheckout = new CreditCheckout(terms, credits, ledger, orders, clock);
        topUps = new TopUps(terms, world::newId);
        resumption = new OrderResumption(ledger, orders, Optional.empty(), events, clock);
        autoExtends = new AutoExtendSettings(instances);
        PriceList prices = new PriceList(world.shelfPort(), terms, clock);
        AutoExtender autoExtender = new AutoExtender(instances,
                new CreditExtensions(prices, terms, LIMITS, credits, ledger, clock), world::newId, clock);
        sweep = new ExpirySweep(instances, terminator, operations, autoExtender, events, clock);
        reconciliation = new ProviderReconciliation(instances, world.reconciliationPort(), world.inventoryPort(),
                terminator, events, HostileProvider.DEPLOYMENT, clock);
    }

    public Purchase wanted(Wish wish, Instant deadline) {
        RequestBody body = body(wish.body(), deadline);
        return switch (wish) {
            case Wish.AMachine _ -> purchases.provision(body, PROVISION, API + PROVISION);
            case Wish.Time(InstanceId id, int _) -> {
                String path = "/compute/instances/" + id + "/extend";
                yield purchases.extend(id.toString(), body, path, API + path);
            }
            case Wish.ARun _ -> runs.run(body, Optional.empty(), API + RUN);
            case Wish.Credit _ -> topUps.topUp(body, TOP_UP, API + TOP_UP);
        };
    }

    /**
     * Buys with a payment, or asks what it costs.
     *
     * @param name under which its client buys, if under any
     */
    public CheckoutResult buy(Purchase purchase, DecodedPayment payment, Optional<IdempotencyKey> name,
            Instant deadline) {
        return checkout.checkout(purchase, payment, Optional.empty(), name, deadline);
    }

    public void power(InstanceId id, Wallet caller, OperationKind kind, Instant deadline) {
        operations.power(look(id, caller), kind, deadline);
    }

    public CheckoutResult buyWithCredit(Purchase purchase, Wallet payer, IdempotencyKey name, Instant deadline) {
        return creditCheckout.checkout(purchase, payer, name, deadline);
    }

    public Instance look(InstanceId id, Wallet caller) {
        return instances.find(id).filter(instance -> instance.owner().equals(caller))
                .orElseThrow(() -> ApiException.notFound("instance"));
    }

    public Instance destroy(InstanceId id, Wallet caller) {
        return terminator.end(look(id, caller), InstanceState.DESTROYED, "owner_request");
    }

    /** As its owner sets it; without terms it is switched off. */
    public Instance autoExtend(InstanceId id, Wallet caller, Optional<AutoExtendTerms> terms) {
        return autoExtends.set(look(id, caller), terms);
    }

    public PasswordReveal.Outcome reveal(InstanceId id, Wallet caller, Instant deadline) {
        return reveal.reveal(look(id, caller), deadline);
    }

    public void resumeOrders(Instant deadline) {
        resumption.resume(deadline);
    }

    /** Takes out of the queue what comes out of it; what it dies at comes out again. */
    public void workJobs(Instant deadline) {
        sending.sendDue(deadline);
        for (JobTable.Message message : queue.out()) {
            Optional<Duration> again = worker.work(message.job(), deadline);
            queue.done(message);
            again.ifPresent(delay -> queue.send(message.job(), delay));
        }
    }

    public void expireInstances(Instant deadline) {
        sweep.sweep(deadline);
    }

    public void reconcileProvider(Instant deadline) {
        reconciliation.reconcile(deadline);
    }

    private static RequestBody body(String text, Instant deadline) {
        return RequestBody.of(new ApiRequest("POST", "/", Map.of(), Map.of(), "", Map.of(),
                text.getBytes(StandardCharsets.UTF_8), "simulated", API, deadline));
    }
}
