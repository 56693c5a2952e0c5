package io.x402compute.simulation.actor;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

import io.x402compute.http.ApiException;
import io.x402compute.simulation.schedule.Actor;
import io.x402compute.simulation.schedule.Crash;
import io.x402compute.simulation.world.AwsFailed;
import io.x402compute.simulation.world.World;

/** Runs functions for whoever calls them, and stops them when their time is up. */
final class Platform {
    /** Of functions behind the API, and of the two that run every minute. */
    static final Duration REQUEST = Duration.ofSeconds(29);
    static final Duration MINUTELY = Duration.ofSeconds(55);
    static final Duration RECONCILIATION = Duration.ofMinutes(5);

    private Platform() {}

    /** What a caller of the API hears. */
    static Answer answer(World world, Function<Instant, Answer> function) {
        try {
            return run(world, REQUEST, function);
        } catch (ApiException e) {
            return new Answer.Refused(e.status(), e.code());
        } catch (AwsFailed e) {
            return new Answer.Refused(500, "internal_error");
        } catch (Crash e) {
            return new Answer.Silence();
        }
    }

    /** A run from a schedule; nobody hears how it ends. */
    static void schedule(World world, Duration timeout, Consumer<Instant> function) {
        try {
            run(world, timeout, deadline -> {
                function.accept(deadline);
                return new Answer.Silence();
            });
        } catch (AwsFailed | Crash e) {
            world.trace().note(() -> "   ends early");
        }
    }

    private static Answer run(World world, Duration timeout, Function<Instant, Answer> function) {
        Actor actor = world.scheduler().running();
        Instant deadline = world.now().plus(timeout);
        actor.runsUntil(deadline.toEpochMilli());
        try {
            return function.apply(deadline);
        } finally {
            actor.returns();
        }
    }
}
