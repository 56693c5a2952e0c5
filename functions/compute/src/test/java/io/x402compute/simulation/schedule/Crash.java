package io.x402compute.simulation.schedule;

/** The function that was running is no more. Nobody may catch it but whoever stands for the platform that ran it. */
public final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    public Crash(String why) {
        super(why, null, false, false);
    }
}
