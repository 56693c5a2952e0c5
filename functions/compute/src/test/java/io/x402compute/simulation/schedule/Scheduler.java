package io.x402compute.simulation.schedule;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Lets actors take turns. An actor gives up its turn until some moment of virtual time; whoever's moment is the next goes on, and
 * the clock jumps to it. Ties are broken by the luck of those who wait. All of it happens on the thread of whoever calls
 * {@link #run}.
 */
public final class Scheduler {
    private record Turn(long at, int luck, long order, Actor actor, Runnable event) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            int byTime = Long.compare(at, other.at);
            int byLuck = byTime == 0 ? Integer.compare(luck, other.luck) : byTime;
            return byLuck == 0 ? Long.compare(order, other.order) : byLuck;
        }
    }

    private final long seed;
    private final PriorityQueue<Turn> turns = new PriorityQueue<>();
    private final Set<Actor> alive = new LinkedHashSet<>();
    private Actor running;
    private Actor director;
    private long now;
    private long order;
    private Throwable failure;

    public Scheduler(long seed, Instant start) {
        this.seed = seed;
        this.now = start.toEpochMilli();
    }

    public Instant now() {
        return Instant.ofEpochMilli(now);
    }

    public long millis() {
        return now;
    }

    /** The one clock of this world. */
    public Clock clock() {
        return new VirtualClock();
    }

    /** Whose turn it is. */
    public Actor running() {
        return running;
    }

    /** Whether everybody but the director has come to an end. */
    public boolean isQuiet() {
        return alive.size() == 1;
    }

    /**
     * Directs: lets others act, and comes to an end with this work, whatever the others are at.
     *
     * @throws ActorFailed inside the work, when somebody has failed
     */
    public void run(Runnable direction) {
        director = start("director", now, direction);
        while (!director.isDone()) {
            Turn next = turns.poll();
            now = Math.max(now, next.at);
            if (next.event != null) {
                next.event.run();
            } else {
                letGoOn(next.actor);
            }
            if (failure != null) {
                letGoOn(director);
            }
        }
        for (Actor left : List.copyOf(alive)) {
            left.stop();
            letGoOn(left);
        }
    }

    private void letGoOn(Actor actor) {
        if (!actor.isDone()) {
            running = actor;
            actor.goOn();
        }
    }

    /** Begins somebody's work at that moment. What it throws ends the history. */
    public Actor start(String name, long at, Runnable work) {
        // By name and time, so that leaving somebody out of a history changes nobody else's luck.
        long luck = mix(seed ^ mix(name.hashCode() * 0x9E3779B97F4A7C15L + at));
        Actor[] self = new Actor[1];
        Actor actor = new Actor(name, luck, new Coroutine(() -> live(self[0], work)));
        self[0] = actor;
        alive.add(actor);
        turns.add(new Turn(Math.max(at, now), actor.random().nextInt(), order++, actor, null));
        return actor;
    }

    /** Something that just happens at that moment, in no time. */
    public void at(long millis, Runnable event) {
        turns.add(new Turn(Math.max(millis, now), Integer.MIN_VALUE, order++, null, event));
    }

    /** Gives up the turn for so long. A function whose time is up meanwhile does not come back. */
    public void pause(long millis) {
        Actor me = running;
        requireAlive(me);
        long until = Math.max(now, Math.min(now + millis, me.diesAt()));
        Turn next = turns.peek();
        if (next == null || until < next.at) {
            now = until;
        } else {
            turns.add(new Turn(until, me.random().nextInt(), order++, me, null));
            Coroutine.stop();
            requireAlive(me);
        }
        if (now >= me.diesAt()) {
            throw new Crash("timed out");
        }
    }

    private void live(Actor me, Runnable work) {
        try {
            requireAlive(me);
            work.run();
        } catch (Stopped end) {
            // Its history is over.
        } catch (Throwable thrown) {
            failure = failure == null ? thrown : failure;
        }
        alive.remove(me);
    }

    private void requireAlive(Actor me) {
        if (me.isStopped()) {
            throw new Stopped();
        }
        if (me == director && failure != null) {
            throw new ActorFailed(failure);
        }
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    private static final class Stopped extends Error {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped", null, false, false);
        }
    }

    private final class VirtualClock extends Clock {
        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }

        @Override
        public long millis() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
