package io.x402compute.handler;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

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
import io.x402compute.inference.SqsJobQueue;
import io.x402compute.store.Remembered;
import io.x402compute.store.Table;
import io.x402compute.vultr.Pace;
import io.x402compute.vultr.ProviderAccount;
import io.x402compute.vultr.VultrClient;
import io.x402compute.x402.evm.EvmChain;

/**
 * Puts the services of one function together from its environment. A function asks for what it needs when it is constructed,
 * before its snapshot; nothing here calls anybody, reads a clock or a secret, or draws a random number by then.
 */
public final class Application {
    static final Duration SECRETS_KEPT = Duration.ofMinutes(5);

    /** Enough to use up the pace at which the provider may be asked, with answers that take the better part of a second. */
    static final int AT_ONCE = 8;

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

    /** The chain of a rehearsal; empty for the real one. */
    Optional<EvmChain> chain() {
        return chain;
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

    ProviderAccount providerAccount() {
        return new ProviderAccount(provider());
    }

    CatalogueAge catalogueAge() {
        return new CatalogueAge(new DynamoCatalogue(table(settings.catalogTable())), clock);
    }

    EventPublisher events() {
        return new KeptEvents(new EventBridgePublisher(aws.eventBridge(), settings.eventBus()), eventHistory());
    }

    EventHistory eventHistory() {
        return new DynamoEventHistory(table(settings.instancesTable()));
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

    /** The same, read each time. */
    Supplier<String> reading(String id) {
        SecretsManagerClient secretsManager = aws.secretsManager();
        return () -> secretsManager.getSecretValue(request -> request.secretId(id)).secretString().strip();
    }

    Table table(String name) {
        return new Table(dynamo, name);
    }
}
