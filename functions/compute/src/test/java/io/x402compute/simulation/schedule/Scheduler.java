package io.x402compute.simulation.schedule;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets actors take turns. An actor gives up its turn until some moment of virtual time; whoever's moment is the next goes on, and
 * the clock jumps to it. Ties are broken by the luck of those who wait. The turn is handed from thread to thread, so nothing here
 * needs a lock: one runs, all others are parked.
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
    private final List<Actor> alive = new ArrayList<>();
    private final Actor director;
    private volatile Actor running;
    private long now;
    private long order;
    private int actors;
    private Throwable failure;

    /** Whoever makes one is its first actor, the director, and has the turn. */
    public Scheduler(long seed, Instant start) {
        this.seed = seed;
        this.now = start.toEpochMilli();
        this.director = new Actor(actors++, "director", seed, Thread.currentThread());
        this.running = director;
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

    public Actor running() {
        return running;
    }

    /** Whether everybody but the director has come to an end. */
    public boolean isQuiet() {
        return alive.isEmpty();
    }

    /** Begins somebody's work at that moment. What it throws ends the history. */
    public Actor start(String name, long at, Runnable work) {
        int number = actors++;
        // Named by what it does, so that leaving one out of a history changes nobody else's luck.
        long luck = mix(seed ^ mix(name.hashCode() * 0x9E3779B97F4A7C15L + at));
        Actor[] self = new Actor[1];
        Thread thread = Thread.ofVirtual().unstarted(() -> live(self[0], work));
        Actor actor = new Actor(number, name, luck, thread);
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
        long wanted = now + millis;
        long until = Math.max(now, Math.min(wanted, me.diesAt()));
        Turn next = turns.peek();
        if (next == null || until < next.at) {
            now = until;
        } else {
            turns.add(new Turn(until, me.random().nextInt(), order++, me, null));
            passOn(me);
            requireAlive(me);
        }
        if (now >= me.diesAt()) {
            throw new Crash("timed out");
        }
    }

    /** To be called by the director at the end, whatever the end is: nobody is left behind. */
    public void stop() {
        for (Actor actor : List.copyOf(alive)) {
            actor.stop();
            handTo(actor);
            await(director);
        }
    }

    private void live(Actor me, Runnable work) {
        await(me);
        try {
            requireAlive(me);
            work.run();
        } catch (Stopped end) {
            // Its history is over.
        } catch (Throwable thrown) {
            failure = failure == null ? thrown : failure;
        }
        alive.remove(me);
        if (me.isStopped() || failure != null) {
            handTo(director);
        } else {
            passOn(null);
        }
    }

    private void requireAlive(Actor me) {
        if (me.isStopped()) {
            throw new Stopped();
        }
        if (me == director && failure != null) {
            throw new ActorFailed(failure);
        }
    }

    /** The next turn is somebody's; when this returns it is this actor's again. */
    private void passOn(Actor me) {
        while (true) {
            Turn next = turns.poll();
            now = Math.max(now, next.at);
            if (next.actor == null) {
                next.event.run();
            } else if (next.actor == me) {
                return;
            } else if (alive.contains(next.actor) || next.actor == director) {
                handTo(next.actor);
                if (me != null) {
                    await(me);
                }
                return;
            }
        }
    }

    private void handTo(Actor next) {
        running = next;
        if (next.thread().getState() == Thread.State.NEW) {
            next.thread().start();
        } else {
            LockSupport.unpark(next.thread());
        }
    }

    private void await(Actor me) {
        while (running != me) {
            LockSupport.park(this);
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
