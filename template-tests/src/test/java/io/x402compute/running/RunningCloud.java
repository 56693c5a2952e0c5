package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

import io.x402compute.local.LocalClock;
import io.x402compute.local.LocalCloud;
import io.x402compute.local.LocalOptions;
import io.x402compute.local.chain.LocalEvm;
import io.x402compute.local.provider.ProviderSimulator;

/**
 * The running template, for a test class. All classes share one, because its clock is everybody's and only goes forward:
 * whoever moves it moves it for all, and each test has machines of its own. A class that needs other operator settings gets a
 * run of its own.
 *
 * <p>Whatever the tests of a class were about, afterwards no secret may show in logs, events, errors or tables, every event must hold to
 * its schema, and no function may have asked AWS for anything that its role does not grant. And after each test the provider's
 * list and the ledger agree.
 */
final class RunningCloud implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    /** The longest that a simulated machine takes, and the resumer's turn after it. */
    private static final Duration BOOT = Duration.ofMinutes(2);

    /** By which the newest block is older than now at most. */
    private static final Duration BLOCK = Duration.ofSeconds(2);

    /** Five wallets make all the calls of all the tests; what a wallet may do is for a test of its own. */
    private static final LocalOptions WITHOUT_LIMITS = LocalOptions.forTests().with("ReadsPerMinute", "100000")
            .with("WritesPerMinute", "100000").with("FacilitatorService", "on")
            .with("FacilitatorCallsPerAddress", "100000").with("FacilitatorCallsPerMinute", "100000");

    private static final String NOBODY_ELSES = "";

    private static final List<String> SWEEPS = List.of("ExpireInstances", "ResumeOrders");

    private final LocalOptions options;
    private final String sharedAs;
    private LocalCloud cloud;

    /** @param sharedAs names the run that all classes share which give that name; nobody else's without one */
    private RunningCloud(LocalOptions options, String sharedAs) {
        this.options = options;
        this.sharedAs = sharedAs;
    }

    /** With the template's own settings, but for what may be done in a minute, and settling for others. */
    static RunningCloud asDeployed() {
        return new RunningCloud(WITHOUT_LIMITS, "as deployed");
    }

    /** As deployed, and nobody else's: for a test that looks at everything that was ever done in it. */
    static RunningCloud untouched() {
        return new RunningCloud(WITHOUT_LIMITS, NOBODY_ELSES);
    }

    /** With every one of the template's own settings. */
    static RunningCloud withLimits() {
        return new RunningCloud(LocalOptions.forTests(), NOBODY_ELSES);
    }

    /** As deployed, with each function in processes of its own: starting them takes so long that one run must do. */
    static RunningCloud inProcesses() {
        return new RunningCloud(WITHOUT_LIMITS.inProcesses(), "in processes");
    }

    /** With one operator setting, named as in the template. */
    static RunningCloud with(String parameter, String value) {
        return new RunningCloud(WITHOUT_LIMITS.with(parameter, value), NOBODY_ELSES);
    }

    /** With one operator setting more. */
    RunningCloud and(String parameter, String value) {
        return new RunningCloud(options.with(parameter, value), sharedAs);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        boolean mineAlone = sharedAs.equals(NOBODY_ELSES);
        Store store = (mineAlone ? context : context.getRoot()).getStore(Namespace.create(RunningCloud.class));
        // A store also looks into those above it, where everybody's are.
        String mine = mineAlone ? context.getUniqueId() : sharedAs;
        cloud = store.getOrComputeIfAbsent(mine, key -> LocalCloud.start(options), LocalCloud.class);
        catchUp();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        LedgerAgreement.assertHolds(cloud);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (cloud != null) {
            Leaks.assertNone(cloud);
            EventSchemas.assertHeld(cloud.events());
            // What a test took away is still in the template.
            assertThat(cloud.roles().refused()).as("asked for, but not granted")
                    .isSubsetOf(cloud.roles().granted());
        }
    }

    LocalCloud cloud() {
        return cloud;
    }

    LocalEvm chain() {
        return cloud.evm();
    }

    ProviderSimulator provider() {
        return cloud.provider();
    }

    /** An agent with money: 1 to 5. */
    Agent agent(int account) {
        return new Agent(cloud, account);
    }

    /** Who is paid, and settles. */
    String operator() {
        return chain().address(0);
    }

    World world() {
        return World.of(cloud);
    }

    Instant now() {
        return cloud.clock().instant();
    }

    /**
     * Moves the time; then the sweeps of every minute run, once, and messages that are visible are delivered. The catalogue is not read again, which would take seconds
     * each time at the pace that the provider is asked: a test that is about the schedules moves the cloud itself.
     */
    void advance(Duration by) {
        pass(by);
        SWEEPS.forEach(cloud::fire);
        cloud.deliver();
    }

    /** All runs live on one clock, and whoever moved it has moved the chain of his own run only. */
    private void catchUp() {
        Duration behind = Duration.between(Instant.ofEpochSecond(chain().blockTime()).plus(BLOCK), now());
        if (behind.compareTo(BLOCK) > 0) {
            chain().advance(behind);
        }
    }

    /** Moves the time and nothing else. */
    void pass(Duration by) {
        LocalClock.advance(by);
        chain().advance(by);
        cloud.solana().advance(by);
    }

    void advanceTo(Instant then) {
        advance(Duration.between(now(), then));
    }

    /** Until every machine that is booting now has booted. */
    void awaitBoot() {
        advance(BOOT);
    }
}
