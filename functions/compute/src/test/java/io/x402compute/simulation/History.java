package io.x402compute.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.simulation.actor.Cast;
import io.x402compute.simulation.actor.Journal;
import io.x402compute.simulation.actor.Timetable;
import io.x402compute.simulation.check.Broken;
import io.x402compute.simulation.check.Judgement;
import io.x402compute.simulation.check.Watch;
import io.x402compute.simulation.schedule.ActorFailed;
import io.x402compute.simulation.schedule.Scheduler;
import io.x402compute.simulation.world.Functions;
import io.x402compute.simulation.world.Mishap;
import io.x402compute.simulation.world.World;

/**
 * One life of the shop: bad weather in which everybody does what the script says, calm in which everything has to come to rest and
 * is judged, the end of every lease, and a last judgement.
 */
public final class History {
    private static final Duration TO_REST = Duration.ofMinutes(50);
    private static final Duration AFTER_QUESTIONS = Duration.ofMinutes(25);
    private static final Duration AFTER_LEASES = Duration.ofMinutes(65);

    /**
     * How it went.
     *
     * @param broken what did not hold, if anything
     * @param trace what happened, line by line, if that was wanted
     * @param mishaps all that went wrong
     */
    public record Outcome(Optional<Broken> broken, List<String> trace, List<Mishap> mishaps) {}

    private final Script script;
    private final Scheduler scheduler;
    private final World world;
    private final Functions functions;
    private final Timetable timetable;
    private final Cast cast;
    private final Judgement judgement;
    private Optional<Broken> broken = Optional.empty();

    private History(Script script, boolean traced) {
        this.script = script;
        Journal journal = new Journal();
        Watch watch = new Watch(journal);
        this.scheduler = new Scheduler(script.seed(), World.START);
        this.world = new World(scheduler, script.seed(), script.spared(), traced, watch);
        watch.watches(world);
        this.functions = new Functions(world);
        this.timetable = new Timetable(world, script.seed());
        this.cast = new Cast(world, functions, journal);
        this.judgement = new Judgement(world, journal, watch, World.START.plusMillis(script.stormMillis()));
    }

    /** Lives it, on this thread. */
    public static Outcome live(Script script, boolean traced) {
        History history = new History(script, traced);
        history.scheduler.run(history::direct);
        return new Outcome(history.broken, history.world.trace().lines(), history.world.weather().happened());
    }

    private void direct() {
        try {
            timetable.begin(functions);
            script.deeds().forEach(cast::begin);
            scheduler.pause(script.stormMillis());
            world.weather().calmDown();
            cast.fillRefundWallet();
            rest(TO_REST);
            cast.presentAll();
            rest(AFTER_QUESTIONS);
            judgement.whenCalm();
            waitForTheEndOfLeases();
            rest(AFTER_LEASES);
            cast.presentOrdered();
            judgement.atTheEnd();
        } catch (Broken found) {
            broken = Optional.of(found);
        } catch (ActorFailed failed) {
            broken = Optional.of(failed.getCause() instanceof Broken found
                    ? found
                    : Judgement.unexplained(failed.getCause()));
        }
    }

    private void rest(Duration time) {
        scheduler.pause(time.toMillis());
        while (!scheduler.isQuiet()) {
            scheduler.pause(1_000);
        }
    }

    private void waitForTheEndOfLeases() {
        while (lastEnd().isAfter(world.now())) {
            // Which may get later meanwhile: some are extended unasked.
            scheduler.pause(Duration.between(world.now(), lastEnd()).toMillis());
        }
    }

    private Instant lastEnd() {
        return world.instances().all().stream().map(instance -> instance.expiresAt()).max(Instant::compareTo)
                .orElse(world.now());
    }
}
