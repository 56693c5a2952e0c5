package io.x402compute.handler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import io.x402compute.access.ApiKeyCheck;
import io.x402compute.access.ApiKeyHash;
import io.x402compute.access.ApiKeyIssuer;
import io.x402compute.access.ApiKeys;
import io.x402compute.access.Authenticator;
import io.x402compute.access.CallKind;
import io.x402compute.access.DynamoApiKeys;
import io.x402compute.access.DynamoCallCounts;
import io.x402compute.access.DynamoNonces;
import io.x402compute.access.RateLimit;
import io.x402compute.access.Signatures;
import io.x402compute.access.StrangerLimit;
import io.x402compute.catalog.CachedCatalogue;
import io.x402compute.catalog.CatalogRefresh;
import io.x402compute.catalog.Catalogue;
import io.x402compute.catalog.CatalogueAge;
import io.x402compute.catalog.DynamoCatalogue;
import io.x402compute.event.DynamoEventHistory;
import io.x402compute.event.EventBridgePublisher;
import io.x402compute.event.EventHistory;
import io.x402compute.event.EventPublisher;
import io.x402compute.event.KeptEvents;
import io.x402compute.facilitation.DynamoFacilitations;
import io.x402compute.facilitation.FacilitationResumption;
import io.x402compute.facilitation.Facilitations;
import io.x402compute.facilitation.FacilitatorService;
import io.x402compute.facilitation.PaymentVerifier;
import io.x402compute.facilitation.ServedPayments;
import io.x402compute.idempotency.AnswerForm;
import io.x402compute.idempotency.AnswerSeal;
import io.x402compute.idempotency.KeyTable;
import io.x402compute.idempotency.KeyedWrites;
import io.x402compute.inference.Runs;
import io.x402compute.inference.SqsJobQueue;
import io.x402compute.instance.AutoExtendSettings;
import io.x402compute.instance.AutoExtender;
import io.x402compute.instance.DynamoInstanceStore;
import io.x402compute.instance.DynamoReconciliationStore;
import io.x402compute.instance.ExpirySweep;
import io.x402compute.instance.InstanceBacklog;
import io.x402compute.instance.InstanceCreator;
import io.x402compute.instance.InstanceStore;
import io.x402compute.instance.InstanceTerminator;
import io.x402compute.instance.MachineOperations;
import io.x402compute.instance.MachineProvider;
import io.x402compute.instance.PasswordReveal;
import io.x402compute.instance.PasswordSeal;
import io.x402compute.instance.ProviderReconciliation;
import io.x402compute.instance.ReconciliationBacklog;
import io.x402compute.instance.RefusedCreates;
import io.x402compute.instance.VultrInventory;
import io.x402compute.instance.VultrMachines;
import io.x402compute.order.AmountMarks;
import io.x402compute.order.CreditExtensions;
import io.x402compute.order.NumberGaps;
import io.x402compute.order.OperatorWallets;
import io.x402compute.order.OrderBacklog;
import io.x402compute.order.OrderResumption;
import io.x402compute.order.PaymentTerms;
import io.x402compute.order.PlacedOrders;
import io.x402compute.order.PriceList;
import io.x402compute.order.Purchases;
import io.x402compute.order.RefundWallet;
import io.x402compute.order.RentalLimits;
import io.x402compute.order.TimeOrderedIds;
import io.x402compute.order.TopUps;
import io.x402compute.order.UnusedTimeCredit;
import io.x402compute.order.Upgrades;
import io.x402compute.payment.Credits;
import io.x402compute.payment.DynamoCredits;
import io.x402compute.payment.DynamoOrderBook;
import io.x402compute.payment.DynamoPaymentLedger;
import io.x402compute.payment.DynamoSignerNonces;
import io.x402compute.payment.OrderBook;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.store.Remembered;
import io.x402compute.store.Table;
import io.x402compute.vultr.Pace;
import io.x402compute.vultr.ProviderAccount;
import io.x402compute.vultr.VultrClient;
import io.x402compute.x402.evm.EvmChain;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.extension.Listing;
import io.x402compute.x402.facilitator.CoinbaseKey;
import io.x402compute.x402.facilitator.FacilitatorAuthorization;
import io.x402compute.x402.solana.SolanaWallet;

/**
 * Puts the services of one function together from its environment. A function asks for what it needs when it is constructed,
 * before its snapshot; nothing here calls anybody, reads a clock or a secret, or draws a random number by then.
 */
public final class Application {
    private static final Duration SECRETS_KEPT = Duration.ofMinutes(5);

    /** Enough to use up the pace at which the provider may be asked, with answers that take the better part of a second. */
    static final int AT_ONCE = 8;

    /** Many addresses at their limit, which slows whoever has still more. */
    private static final int ADDRESSES_AT_ONCE = 200;

    private final Settings settings;
    private final Clock clock;
    private final AwsClients aws;
    private final Optional<EvmChain> chain;
    private final DynamoDbClient dynamo;
    private final List<Runnable> caches = new CopyOnWriteArrayList<>();

    public Application(Map<String, String> environment) {
        this(environment, ServiceLoader.load(Clock.class).findFirst().orElse(Clock.systemUTC()));
    }

    Application(Map<String, String> environment, Clock clock) {
        this(new Settings(environment), clock, AwsClients.of(environment), Optional.empty());
    }

    private Application(Settings settings, Clock clock, AwsClients aws, Optional<EvmChain> chain) {
        this.settings = settings;
        this.chain = chain;
        // What is stored is exact to the millisecond: an answer that is finer would read differently the next time.
        this.clock = Clock.tick(clock, Duration.ofMillis(1));
        this.aws = aws;
        this.dynamo = aws.dynamo();
    }

    /** The same over empty tables, without a chain and long ago: for running a function once before its snapshot. */
    Application rehearsal() {
        return new Application(settings, RehearsedRequests.CLOCK, AwsClients.rehearsing(), Optional.of(new NoChain()));
    }

    /** Has a cache emptied with the others. */
    void onForget(Runnable cache) {
        caches.add(cache);
    }

    /** Empties every cache. */
    void forget() {
        caches.forEach(Runnable::run);
    }

    Settings settings() {
        return settings;
    }

    Clock clock() {
        return clock;
    }

    Catalogue catalogue() {
        CachedCatalogue catalogue = new CachedCatalogue(new DynamoCatalogue(table(settings.catalogTable())), clock);
        caches.add(catalogue::forget);
        return catalogue;
    }

    CatalogRefresh catalogRefresh() {
        return new CatalogRefresh(provider(), new DynamoCatalogue(table(settings.catalogTable())),
                settings.markupPercent(),
                clock);
    }

    SqsJobQueue jobQueue() {
        return new SqsJobQueue(aws.sqs(), settings.jobQueue());
    }

    Authenticator authenticator() {
        return new Authenticator(signatures(), new ApiKeyCheck(apiKeys(), apiKeyHash(), clock));
    }

    /** For what only the wallet itself may do. */
    Signatures signatures() {
        return new Signatures(new DynamoNonces(table(settings.noncesTable())), clock);
    }

    RateLimit rateLimit(CallKind kind) {
        int perMinute = switch (kind) {
            case READS -> settings.readsPerMinute();
            case WRITES -> settings.writesPerMinute();
        };
        return new RateLimit(kind, perMinute, new DynamoCallCounts(table(settings.noncesTable())), clock);
    }

    /** Writes that are done once under a key. */
    KeyedWrites keyedWrites() {
        return new KeyedWrites(keys(), AnswerForm.open(), clock);
    }

    /** The same, where an answer holds a secret. The pepper is what every function that tells one can read anyway. */
    KeyedWrites sealedWrites() {
        return new KeyedWrites(keys(), new AnswerSeal(secret(settings.pepperSecret())), clock);
    }

    private KeyTable keys() {
        return new KeyTable(table(settings.noncesTable()));
    }

    ApiKeys apiKeys() {
        return new DynamoApiKeys(table(settings.apiKeysTable()));
    }

    ApiKeyIssuer apiKeyIssuer() {
        return new ApiKeyIssuer(apiKeys(), apiKeyHash(), clock);
    }

    private ApiKeyHash apiKeyHash() {
        return new ApiKeyHash(secret(settings.pepperSecret()));
    }

    InstanceStore instances() {
        return new DynamoInstanceStore(table(settings.instancesTable()));
    }

    OwnedInstances ownedInstances() {
        return new OwnedInstances(instances());
    }

    InstanceCreator instanceCreator() {
        return instanceCreator(passwordSeal());
    }

    PasswordReveal passwordReveal() {
        PasswordSeal seal = passwordSeal();
        return new PasswordReveal(instances(), instanceCreator(seal), seal, clock);
    }

    private InstanceCreator instanceCreator(PasswordSeal seal) {
        return new InstanceCreator(instances(), machines(), seal, clock);
    }

    private PasswordSeal passwordSeal() {
        return new PasswordSeal(secret(settings.passwordSecret()));
    }

    InstanceTerminator instanceTerminator() {
        return new InstanceTerminator(instances(), machines(), new UnusedTimeCredit(credits()), clock);
    }

    MachineOperations machineOperations() {
        return new MachineOperations(instances(), machines(), clock);
    }

    RentalLimits rentalLimits() {
        return Sales.limits(settings);
    }

    /** Says which larger plans machines can have. */
    Upgrades upgrades() {
        return new Upgrades(catalogue(), rentalLimits(), clock);
    }

    ExpirySweep expirySweep() {
        return new ExpirySweep(instances(), instanceTerminator(), machineOperations(), autoExtender(), events(), clock,
                AT_ONCE);
    }

    /** Places orders, and leaves it to whoever resumes them to spend anything. */
    private AutoExtender autoExtender() {
        PaymentTerms terms = PaymentRail.terms(settings);
        CreditExtensions extensions = new CreditExtensions(new PriceList(catalogue(), terms, clock), terms,
                rentalLimits(), credits(), ledger(), clock);
        return new AutoExtender(instances(), extensions, new TimeOrderedIds(clock), clock);
    }

    AutoExtendSettings autoExtendSettings() {
        return new AutoExtendSettings(instances());
    }

    ProviderReconciliation providerReconciliation() {
        return new ProviderReconciliation(instances(),
                new DynamoReconciliationStore(table(settings.instancesTable())), new VultrInventory(provider()),
                instanceTerminator(), events(), settings.instancesTable(), clock);
    }

    OrderBacklog orderBacklog() {
        return new OrderBacklog(ledger(), clock);
    }

    InstanceBacklog instanceBacklog() {
        return new InstanceBacklog(instances(), clock);
    }

    ReconciliationBacklog reconciliationBacklog() {
        return new ReconciliationBacklog(new DynamoReconciliationStore(table(settings.instancesTable())));
    }

    ProviderAccount providerAccount() {
        return new ProviderAccount(provider());
    }

    OperatorWallets operatorWallets() {
        PaymentRail rail = rail();
        return new OperatorWallets(rail.settlingGas(readable(settler())),
                solana().map(onSolana -> onSolana.lamports(readable(solanaFeePayer()))), refunds(), rail.usdc(), clock);
    }

    CatalogueAge catalogueAge() {
        return new CatalogueAge(new DynamoCatalogue(table(settings.catalogTable())), clock);
    }

    OrderResumption orderResumption() {
        return sales(ledger(), Optional.of(instances()),
                Optional.of(instanceCreator()), Optional.of(RunSales.resumed(this)))
                .resumption(events(), numberGaps(rail()));
    }

    /** Finishes what is settled for others; empty where nothing is. */
    Optional<FacilitationResumption> facilitationResumption() {
        if (!settings.service().isOn()) {
            return Optional.empty();
        }
        PaymentRail rail = rail();
        Runnable closeGaps = () -> numberGaps(rail).ifPresent(NumberGaps::close);
        return Optional.of(new FacilitationResumption(facilitations(), rail.ourselves(settler(), signerNonces()),
                rail.transfers(), closeGaps, clock));
    }

    /** Settles for others. */
    FacilitatorService facilitatorService() {
        PaymentRail rail = rail();
        return new FacilitatorService(servedPayments(), facilitations(), ledger(),
                rail.ourselves(settler(), signerNonces()), rail.transfers(), clock);
    }

    /** Says whether payments would settle, without any way to settle them. */
    PaymentVerifier paymentVerifier() {
        return new PaymentVerifier(servedPayments(), rail().ourselves(() -> {
            throw new IllegalStateException("nothing is signed to verify");
        }, (signer, chainCount) -> {
            throw new IllegalStateException("nothing is numbered to verify");
        }));
    }

    private ServedPayments servedPayments() {
        ServiceSettings service = settings.service();
        return new ServedPayments(service.least(), service.receivers());
    }

    /** The account that settles for others on the EVM network; empty while its key cannot be read. */
    Supplier<Optional<EvmWallet>> settlingWallet() {
        return readable(settler());
    }

    /** How many calls strangers may make. */
    StrangerLimit strangerLimit(String kind) {
        ServiceSettings service = settings.service();
        return new StrangerLimit(kind, service.callsPerAddress(), service.callsInAll(),
                new DynamoCallCounts(table(settings.noncesTable())), clock);
    }

    private Optional<NumberGaps> numberGaps(PaymentRail rail) {
        Facilitations others = facilitations();
        Function<Instant, Set<Long>> held = until -> settings.service().isOn()
                ? FacilitationResumption.inFlight(others, until)
                : Set.of();
        return rail.settlingAccount(settler())
                .map(account -> new NumberGaps(account, signerNonces(), ledger(), held, clock));
    }

    private Facilitations facilitations() {
        return new DynamoFacilitations(table(settings.paymentsTable()));
    }

    private DynamoSignerNonces signerNonces() {
        return new DynamoSignerNonces(table(settings.paymentsTable()), clock);
    }

    /** Sells machines, and can deliver them. */
    Sales machineSales() {
        return sales(keyedLedger(), Optional.of(instances()), Optional.of(instanceCreator()), Optional.empty());
    }

    /** Sells time for machines that are there, without any way to the provider. */
    Sales timeSales() {
        return sales(keyedLedger(), Optional.of(instances()), Optional.empty(), Optional.empty());
    }

    /** Sells credit, and knows nothing of machines. */
    Sales creditSales() {
        return sales(keyedLedger(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Sells runs, and knows nothing of machines. */
    Sales runSales(Runs runs) {
        return sales(keyedLedger(), Optional.empty(), Optional.empty(), Optional.of(runs));
    }

    /** The extensions of a paid route. */
    PaidExtensions extensions(Listing route) {
        return new PaidExtensions(route, seller(), clock);
    }

    /** A key that is missing or wrong leaves offers and receipts unsigned, and nothing else; that, too, is kept for a while. */
    private Supplier<Optional<EvmWallet>> seller() {
        if (settings.receiptSecret().isEmpty()) {
            return Optional::empty;
        }
        Supplier<String> key = reading(settings.receiptSecret().get());
        Remembered<Optional<EvmWallet>> seller = new Remembered<>(clock, SECRETS_KEPT,
                readable(() -> EvmWallet.of(key.get())));
        caches.add(seller::forget);
        return seller::get;
    }

    TopUps topUps() {
        return new TopUps(PaymentRail.terms(settings), new TimeOrderedIds(clock));
    }

    /** Says what things cost, without any way to sell them. */
    Purchases purchases() {
        return Sales.purchases(catalogue(), PaymentRail.terms(settings), instances(), settings, clock);
    }

    private Sales sales(PaymentLedger ledger, Optional<InstanceStore> instances, Optional<InstanceCreator> creator,
            Optional<Runs> runs) {
        return new Sales(settings, clock, rail(), ledger,
                signerNonces(), settler(), credits(), refunds(), instances, creator, runs,
                runs.flatMap(any -> challengeLimit()));
    }

    /** Marks the amounts that are asked for runs, where transactions count as payments. */
    Optional<AmountMarks> amountMarks() {
        return settings.takesHashProofs()
                ? Optional.of(new AmountMarks(secret(settings.pepperSecret())))
                : Optional.empty();
    }

    /**
     * A challenge is half a purchase, so there is one for two of the writes that a wallet may make: a buyer needs one for each purchase, and
     * whoever looks for the digits of somebody else's amount hundreds.
     */
    private Optional<StrangerLimit> challengeLimit() {
        if (!settings.takesHashProofs()) {
            return Optional.empty();
        }
        int perAddress = Math.max(1, settings.writesPerMinute() / 2);
        return Optional.of(new StrangerLimit("challenges", perAddress, perAddress * ADDRESSES_AT_ONCE,
                new DynamoCallCounts(table(settings.noncesTable())), clock));
    }

    private PaymentRail rail() {
        return new PaymentRail(settings, clock, chain, solana(), this::coinbaseKey);
    }

    /** Left out of a rehearsal, whose payment is on the other network. */
    private Optional<SolanaRail> solana() {
        return settings.offersSolana() && chain.isEmpty()
                ? Optional.of(new SolanaRail(settings, clock, solanaFeePayer()))
                : Optional.empty();
    }

    /** A key that is missing or wrong is like a facilitator that does not answer: there may be another. */
    private Supplier<CoinbaseKey> coinbaseKey() {
        Supplier<String> text = secret(settings.coinbaseSecret());
        Supplier<Optional<CoinbaseKey>> key = readable(() -> CoinbaseKey.ofJson(text.get()));
        return () -> key.get().orElseThrow(
                () -> new FacilitatorAuthorization.NoKey("the key for Coinbase cannot be read, or is none"));
    }

    private Supplier<SolanaWallet> solanaFeePayer() {
        Supplier<String> key = secret(settings.solanaSecret());
        return () -> SolanaWallet.of(key.get());
    }

    Credits credits() {
        return new DynamoCredits(table(settings.creditsTable()));
    }

    PlacedOrders placedOrders() {
        return new PlacedOrders(orderBook(), instances());
    }

    /** Orders by themselves, for whoever has nothing to do with machines. */
    OrderBook orderBook() {
        return new DynamoOrderBook(table(settings.paymentsTable()));
    }

    /** For whoever goes on with orders. */
    private PaymentLedger ledger() {
        return new DynamoPaymentLedger(table(settings.paymentsTable()));
    }

    /** For whoever sells. */
    private PaymentLedger keyedLedger() {
        return new DynamoPaymentLedger(table(settings.paymentsTable()), keys());
    }

    private EventPublisher events() {
        return new KeptEvents(new EventBridgePublisher(aws.eventBridge(), settings.eventBus()), eventHistory());
    }

    EventHistory eventHistory() {
        return new DynamoEventHistory(table(settings.instancesTable()));
    }

    /** The tables' own name tells this deployment's machines from any other's. */
    private MachineProvider machines() {
        return new RefusedCreates(new VultrMachines(provider(), settings.instancesTable(), clock),
                new RefusalLog(clock));
    }

    private Supplier<EvmWallet> settler() {
        Supplier<String> key = secret(settings.settlementSecret());
        return () -> EvmWallet.of(key.get());
    }

    /** A key that is missing or wrong delays refunds, and nothing else. */
    private Optional<RefundWallet> refunds() {
        return settings.refundSecret().map(id -> {
            Supplier<String> key = secret(id);
            return readable(() -> EvmWallet.of(key.get()))::get;
        });
    }

    /** Empty while its secret is, or is no key. */
    private static <W> Supplier<Optional<W>> readable(Supplier<W> wallet) {
        return () -> {
            try {
                return Optional.of(wallet.get());
            } catch (SdkException | IllegalArgumentException unusable) {
                return Optional.empty();
            }
        };
    }

    VultrClient provider() {
        return new VultrClient(settings.providerUrl(), secret(settings.providerSecret()),
                new Pace(settings.providerRequestsPerSecond()));
    }

    /** A secret that is read when it is used, and then kept for 5 minutes. */
    Supplier<String> secret(String id) {
        Remembered<String> secret = new Remembered<>(clock, SECRETS_KEPT, reading(id));
        caches.add(secret::forget);
        return secret::get;
    }

    private Supplier<String> reading(String id) {
        SecretsManagerClient secretsManager = aws.secretsManager();
        return () -> secretsManager.getSecretValue(request -> request.secretId(id)).secretString().strip();
    }

    Table table(String name) {
        return new Table(dynamo, name);
    }
}
