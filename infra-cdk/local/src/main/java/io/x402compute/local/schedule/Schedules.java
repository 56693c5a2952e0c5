package io.x402compute.local.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/**
 * Fires rules when the clock crosses a multiple of their period, in the order of their names, one after another.
 * However many boundaries were crossed at once, a rule fires once: a sweep must not depend on having run every minute.
 */
public final class Schedules implements AutoCloseable {
    private final Clock clock;
    private final List<ScheduledRule> rules;
    private final BiConsumer<String, byte[]> invoke;
    private final ScheduledExecutorService ticker = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("schedules").factory());
    private Instant seen;

    /**
     * Rules at rest: nothing fires before it is asked to.
     *
     * @param invoke invokes the function with that id with that event, and returns when it has answered
     */
    public Schedules(Clock clock, List<ScheduledRule> rules, BiConsumer<String, byte[]> invoke) {
        this.clock = clock;
        this.rules = rules.stream().sorted(Comparator.comparing(ScheduledRule::name)).toList();
        this.invoke = invoke;
        this.seen = clock.instant();
    }

    /**
     * From now on looks at the clock every second in the background.
     *
     * @param then is run after each look
     */
    public void runInBackground(Runnable then) {
        var _ = ticker.scheduleWithFixedDelay(() -> {
            fireDue();
            then.run();
        }, 1, 1, TimeUnit.SECONDS);
    }

    /** Fires every rule with a boundary between the last look at the clock and now, and returns when all have run. */
    public synchronized void fireDue() {
        Instant now = clock.instant();
        Instant before = seen;
        seen = now;
        rules.stream().filter(rule -> boundaries(rule, now) > boundaries(rule, before)).forEach(this::fire);
    }

    /**
     * Fires what invokes that function now, whatever the time.
     *
     * @param handlerName the simple name of the handler class
     * @return false when no rule does
     */
    public synchronized boolean fire(String handlerName) {
        List<ScheduledRule> matching = rules.stream()
                .filter(rule -> rule.invocations().stream().anyMatch(call -> call.handlerName().equals(handlerName)))
                .toList();
        matching.forEach(this::fire);
        return !matching.isEmpty();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }

    private void fire(ScheduledRule rule) {
        rule.invocations().forEach(call -> invoke.accept(
                call.functionId(),
                call.input().isEmpty() ? event(rule) : call.input().getBytes(StandardCharsets.UTF_8)));
    }

    private byte[] event(ScheduledRule rule) {
        ObjectNode event = Json.object()
                .put("version", "0")
                .put("id", UUID.randomUUID().toString())
                .put("detail-type", "Scheduled Event")
                .put("source", "aws.events")
                .put("account", "000000000000")
                .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", "us-east-1");
        event.putArray("resources").add("arn:aws:events:us-east-1:000000000000:rule/" + rule.name());
        event.putObject("detail");
        return Json.write(event).getBytes(StandardCharsets.UTF_8);
    }

    private static long boundaries(ScheduledRule rule, Instant until) {
        return until.toEpochMilli() / rule.period().toMillis();
    }
}
