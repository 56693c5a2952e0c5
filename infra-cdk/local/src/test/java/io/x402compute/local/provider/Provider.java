package io.x402compute.local.provider;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.x402compute.local.HandClock;
import io.x402compute.vultr.Create;
import io.x402compute.vultr.CreateInstance;
import io.x402compute.vultr.Lookup;
import io.x402compute.vultr.Pace;
import io.x402compute.vultr.VultrClient;
import io.x402compute.vultr.VultrInstance;

/** A simulator, the real client in front of it, and time that both live in. */
final class Provider implements AutoCloseable {
    static final String GPU = "vcg-a16-2c-8g-2vram";
    static final String VPS = "vc2-1c-1gb";

    final HandClock clock = new HandClock(Instant.parse("2026-09-30T12:00:00Z"));
    final ProviderSimulator simulator = ProviderSimulator.start(0, clock);
    final VultrClient client = client(simulator.baseUrl(), ProviderSimulator.API_KEY);

    static CreateInstance order(String plan, String operation) {
        return new CreateInstance("ewr", plan, 2284, operation, List.of(operation, "shop:one"), "", "");
    }

    static VultrClient client(URI base, String key) {
        return new VultrClient(base, () -> key, new Pace(new Unhurried()));
    }

    /** Waits of the client cost nothing. */
    private static final class Unhurried implements Pace.Time {
        private final AtomicLong now = new AtomicLong();

        @Override
        public long nanos() {
            return now.get();
        }

        @Override
        public void sleep(Duration duration) {
            now.addAndGet(duration.toNanos());
        }
    }

    VultrInstance create(String plan, String operation) {
        return switch (client.createInstance(order(plan, operation))) {
            case Create.Created(VultrInstance instance) -> instance;
            case Create.Refused refused -> throw new AssertionError(refused);
            case Create.Throttled throttled -> throw new AssertionError(throttled);
            case Create.Unknown unknown -> throw new AssertionError(unknown);
        };
    }

    VultrInstance see(String id) {
        return switch (client.instance(id)) {
            case Lookup.Found(VultrInstance instance) -> instance;
            case Lookup.Missing<VultrInstance> missing -> throw new AssertionError(missing);
            case Lookup.Unavailable<VultrInstance> unavailable -> throw new AssertionError(unavailable);
        };
    }

    @Override
    public void close() {
        simulator.close();
    }
}
