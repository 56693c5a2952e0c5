package io.x402compute.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import io.x402compute.local.alarm.AlarmState;
import io.x402compute.local.alarm.Metrics;
import io.x402compute.local.aws.CapacityMeter;
import io.x402compute.local.aws.MessageQueues;
import io.x402compute.local.aws.PublishedEvent;
import io.x402compute.local.aws.Roles;
import io.x402compute.local.chain.LocalEvm;
import io.x402compute.local.chain.LocalSolana;
import io.x402compute.local.client.Answer;
import io.x402compute.local.client.ComputeClient;
import io.x402compute.local.function.FunctionRuntime;
import io.x402compute.local.function.InProcessRuntime;
import io.x402compute.local.http.LoopbackServer;
import io.x402compute.local.inference.InferenceServer;
import io.x402compute.local.outside.OutsideCalls;
import io.x402compute.local.outside.Relay;
import io.x402compute.local.process.DeployedCode;
import io.x402compute.local.process.ProcessRuntime;
import io.x402compute.local.provider.ProviderSimulator;
import io.x402compute.local.template.Template;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Usdc;

/**
 * The product on this machine: the synthesized template, a real EVM with a token where USDC is, a real Solana VM
 * with USDC, a simulated provider of machines, and a simulated
 * upstream for inference, all on one clock. Account 0 of the chains is the operator: it is paid, and it
 * settles.
 */
public final class LocalCloud implements AutoCloseable {
    private static final int OPERATOR = 0;
    /** The account that refunds are paid from, where the operator's settings name a secret for it. Has no USDC to begin with. */
    public static final int REFUND_WALLET = 8;
    /** The account that signs offers and receipts. Holds nothing. */
    public static final int RECEIPT_SIGNER = 9;
    private static final String RECEIPT_SECRET = "arn:aws:secretsmanager:us-east-1:000000000000:secret:receipts-AbCdEf";
    private static final String INFERENCE_SECRET = "arn:aws:secretsmanager:us-east-1:000000000000:secret:inference-AbCdEf";
    private static final String SOLANA_SECRET = "arn:aws:secretsmanager:us-east-1:000000000000:secret:solana-AbCdEf";
    /** More than anything costs here, for clients whose limit is not what is looked at. */
    private static final Usdc CLIENT_LIMIT = new Usdc(100_000_000_000L);

    private final Clock clock = new LocalClock();
    private final StartedParts parts;
    private final LocalEvm evm;
    private final LocalSolana solana;
    private final ProviderSimulator provider;
    private final InferenceServer inference;
    private final OutsideCalls outsideCalls = new OutsideCalls();
    private final URI nodeUrl;
    private final URI solanaUrl;
    private final URI providerUrl;
    private final URI inferenceUrl;
    private final RunningStack stack;
    private Optional<ProcessRuntime> processes = Optional.empty();

    private LocalCloud(StartedParts parts, LocalOptions options, Consumer<StartedPart> progress) {
        this.parts = parts;
        this.evm = parts.add(LocalEvm.start(options.evmPort(), clock));
        progress.accept(new StartedPart("chain", evm.rpcUrl() + ", chain id " + LocalEvm.CHAIN_ID));
        this.solana = parts.add(LocalSolana.start(options.solanaPort(), clock));
        progress.accept(new StartedPart("solana", solana.rpcUrl().toString()));
        this.provider = parts.add(ProviderSimulator.start(options.providerPort(), clock));
        progress.accept(new StartedPart("provider", provider.baseUrl().toString()));
        this.inference = parts.add(InferenceServer.start(options.inferencePort(), clock));
        progress.accept(new StartedPart("inference", inference.url().toString()));
        // A function that can be killed can be killed at any call it makes.
        this.nodeUrl = options.processes()
                ? parts.add(Relay.toNode(evm.rpcUrl(), outsideCalls)).uri()
                : evm.rpcUrl();
        this.solanaUrl = options.processes()
                ? parts.add(Relay.toSolana(solana.rpcUrl(), outsideCalls)).uri()
                : solana.rpcUrl();
        this.providerUrl = options.processes()
                ? parts.add(Relay.toProvider(provider.baseUrl(), outsideCalls)).uri()
                : provider.baseUrl();
        this.inferenceUrl = options.processes()
                ? parts.add(Relay.toInference(inference.url(), outsideCalls)).uri()
                : inference.url();
        this.stack = parts.add(
                RunningStack.start(options.apiPort(), url -> template(options, url), secrets(), options.logFile(),
                        runtime(options), outsideCalls));
        progress.accept(new StartedPart("stack", stack.description()
                + (options.processes() ? ", a process for each function" : "")));
        stack.schedules().fire("RefreshCatalog");
        stack.schedules().fire("RefreshModels");
        requireHealth();
        progress.accept(new StartedPart("catalogue", "read from the provider, and models from their upstreams"));
        progress.accept(new StartedPart("api", apiUrl().toString()));
        if (options.schedulesRun()) {
            stack.schedules().runInBackground(this::alarms);
            stack.pollers().runInBackground();
        }
    }

    /**
     * Starts everything, reads the provider's catalogue once, and returns when {@code GET /health} answers 200.
     *
     * @throws io.x402compute.local.http.PortTakenException before anything is started
     */
    public static LocalCloud start(LocalOptions options) {
        return start(options, part -> {});
    }

    /** Tells of each part as soon as it is there. */
    static LocalCloud start(LocalOptions options, Consumer<StartedPart> progress) {
        LoopbackServer.requireFree(options.apiPort(), options.providerPort(), options.evmPort(),
                options.solanaPort(), options.inferencePort());
        StartedParts parts = new StartedParts();
        try {
            return new LocalCloud(parts, options, progress);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    public URI apiUrl() {
        return stack.url();
    }

    public LocalEvm evm() {
        return evm;
    }

    public LocalSolana solana() {
        return solana;
    }

    public ProviderSimulator provider() {
        return provider;
    }

    /** Whoever runs models here. */
    public InferenceServer inference() {
        return inference;
    }

    /** The time that the functions, the provider's machines and the chain live in. */
    public Clock clock() {
        return clock;
    }

    /** A client of the API that pays and signs as that account of the chain: 1 to 5 are agents with money. */
    public ComputeClient client(int account) {
        return new ComputeClient(apiUrl(), EvmWallet.of(evm.privateKey(account)), CLIENT_LIMIT, clock);
    }

    /**
     * Moves time forward everywhere, then fires each rule that came due and delivers each message that is visible, once, and returns when all have run.
     */
    public void advance(Duration by) {
        LocalClock.advance(by);
        evm.advance(by);
        solana.advance(by);
        stack.schedules().fireDue();
        deliver();
        alarms();
    }

    /**
     * Fires a rule now.
     *
     * @param handlerName the simple name of the function's handler, for example {@code ExpireInstances}
     * @return false when no rule invokes that function
     */
    public boolean fire(String handlerName) {
        return stack.schedules().fire(handlerName);
    }

    /** Calls functions with the messages that are visible in their queues now, each once, and returns when they have answered. */
    public void deliver() {
        stack.pollers().deliver();
    }

    /** The queues, whatever the functions may do with them. */
    public MessageQueues queues() {
        return stack.queues();
    }

    /**
     * All that functions ask of AWS; where they run in processes of their own, also all that they ask of the chain's node
     * and of the provider.
     */
    public OutsideCalls outsideCalls() {
        return outsideCalls;
    }

    /**
     * Ends every process of a function at once, as {@code kill -9} does, and returns when they are gone. Its next invocation
     * gets a new one.
     *
     * @param handlerName the simple name of the function's handler
     * @throws IllegalStateException where functions have no processes of their own
     */
    public void kill(String handlerName) {
        processes.orElseThrow(() -> new IllegalStateException("the functions have no processes of their own"))
                .kill(handlerName);
    }

    /** All events that functions published, oldest first. */
    public List<PublishedEvent> events() {
        return stack.events();
    }

    /** The newest lines that functions logged, oldest first. */
    public List<String> logLines() {
        return stack.logLines();
    }

    /** Every alarm of the template, as CloudWatch would have it now. */
    public List<AlarmState> alarms() {
        return stack.lookAtAlarms();
    }

    /** Is told of each alarm that is raised or cleared. */
    public void onAlarm(Consumer<AlarmState> listener) {
        stack.onAlarm(listener);
    }

    /** Every metric that a function has ever left in a log line, see {@link Metrics#named}. */
    public List<String> metrics() {
        return stack.metrics().names();
    }

    /** What the functions may do, what of it they have done, and what they were refused. */
    public Roles roles() {
        return stack.roles();
    }

    /** What the functions have used of DynamoDB. */
    public CapacityMeter capacity() {
        return stack.capacity();
    }

    /** A client that sees every table, whatever the functions may see. Closed with this cloud. */
    public DynamoDbClient tables() {
        return stack.tables();
    }

    @Override
    public void close() {
        parts.close();
    }

    private Template template(LocalOptions options, URI apiUrl) {
        Map<String, String> parameters = new HashMap<>(options.parameters());
        parameters.put("PublicUrl", apiUrl.toString());
        parameters.put("PayTo", evm.address(OPERATOR));
        parameters.put("EvmRpcUrl", nodeUrl.toString());
        parameters.put("SolanaPayTo", solana.address(OPERATOR));
        parameters.put("SolanaFeePayer", solana.address(OPERATOR));
        parameters.put("SolanaRpcUrl", solanaUrl.toString());
        parameters.put("SolanaSecret", SOLANA_SECRET);
        parameters.putIfAbsent("ReceiptSecret", RECEIPT_SECRET);
        parameters.put("ProviderUrl", providerUrl.toString());
        parameters.putIfAbsent("InferenceUpstreams", InferenceServer.upstreams(inferenceUrl));
        parameters.putIfAbsent("InferenceSecret", INFERENCE_SECRET);
        // All that the real one would allow: here nobody else uses up the address's share.
        parameters.putIfAbsent("ProviderRequestsPerSecond", "30");
        return Template.read(options.template(), parameters);
    }

    private FunctionRuntime.Starter runtime(LocalOptions options) {
        if (!options.processes()) {
            return InProcessRuntime::new;
        }
        Path folder = options.logFile().toAbsolutePath().getParent();
        DeployedCode code = new DeployedCode(options.template());
        return (functions, environments, log) -> {
            ProcessRuntime runtime = ProcessRuntime.start(functions, environments, log, code::unpack, folder);
            processes = Optional.of(runtime);
            return runtime;
        };
    }

    private Map<String, String> secrets() {
        return Map.of(
                "PROVIDER_SECRET", ProviderSimulator.API_KEY,
                "SOLANA_SECRET", solana.keyPair(OPERATOR),
                "SETTLEMENT_SECRET", evm.privateKey(OPERATOR),
                "INFERENCE_SECRET", InferenceServer.keys(),
                "RECEIPT_SECRET", evm.privateKey(RECEIPT_SIGNER),
                "REFUND_SECRET", evm.privateKey(REFUND_WALLET),
                "PEPPER_SECRET", UUID.randomUUID().toString(),
                "PASSWORD_SECRET", UUID.randomUUID().toString());
    }

    private void requireHealth() {
        Answer health = client(OPERATOR).get("/health");
        if (health.status() != 200) {
            throw new IllegalStateException(
                    "GET /health answers %d %s; the functions logged: %s"
                            .formatted(health.status(), health.body(), String.join("\n", logLines())));
        }
    }
}
