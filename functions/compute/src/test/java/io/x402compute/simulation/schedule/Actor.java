package io.x402compute.simulation.schedule;

import java.util.SplittableRandom;

/**
 * Somebody who acts: a client, a schedule, or whoever directs the history. Draws its luck from a source of its own, so that what
 * befalls one does not depend on who else is there; that is what lets a failing history be made smaller.
 */
public final class Actor {
    private final String name;
    private final SplittableRandom random;
    private final Coroutine work;
    private long diesAt = Long.MAX_VALUE;
    private int draws;
    private int runs;
    private boolean stopped;

    Actor(String name, long luck, Coroutine work) {
        this.name = name;
        this.random = new SplittableRandom(luck);
        this.work = work;
    }

    public String name() {
        return name;
    }

    public SplittableRandom random() {
        return random;
    }

    /** The number of its next draw, which names the draw in every repetition of its history. */
    public int nextDraw() {
        return draws++;
    }

    /** From now on it is a function, and the platform stops it at that moment, whatever it is at. */
    public void runsUntil(long millis) {
        diesAt = millis;
        runs++;
    }

    /** The function has ended; whoever called it goes on. */
    public void returns() {
        diesAt = Long.MAX_VALUE;
    }

    /** How many functions it has called: each is another run of the code, with nothing in mind from the one before. */
    public int runs() {
        return runs;
    }

    long diesAt() {
        return diesAt;
    }

    void goOn() {
        work.goOn();
    }

    boolean isDone() {
        return work.isDone();
    }

    boolean isStopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
    }
}
