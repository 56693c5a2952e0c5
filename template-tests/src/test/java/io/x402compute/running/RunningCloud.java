package io.x402compute.running;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.x402compute.local.LocalCloud;
import io.x402compute.local.LocalOptions;
import io.x402compute.local.chain.LocalEvm;
import io.x402compute.local.provider.ProviderSimulator;

/**
 * The running template of one test class, its own because all its tests live on one clock. Whatever the tests were about, no secret they
 * used may show in the logs or events of the run.
 */
final class RunningCloud implements BeforeAllCallback, AfterAllCallback {
    /** The longest that a simulated machine takes, and the resumer's turn after it. */
    private static final Duration BOOT = Duration.ofMinutes(2);

    private final LocalOptions options;
    private LocalCloud cloud;

    private RunningCloud(LocalOptions options) {
        this.options = options;
    }

    /** With the template's own settings. */
    static RunningCloud asDeployed() {
        return new RunningCloud(LocalOptions.forTests());
    }

    /** With one operator setting more, named as in the template. */
    RunningCloud with(String parameter, String value) {
        return new RunningCloud(options.with(parameter, value));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cloud = LocalCloud.start(options);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (cloud == null) {
            return;
        }
        try (LocalCloud stopped = cloud) {
            Leaks.assertNone(stopped);
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

    void advance(Duration by) {
        cloud.advance(by);
    }

    void advanceTo(Instant then) {
        cloud.advance(Duration.between(now(), then));
    }

    /** Until every machine that is booting now has booted. */
    void awaitBoot() {
        cloud.advance(BOOT);
    }
}
