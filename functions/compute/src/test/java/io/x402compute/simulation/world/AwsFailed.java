package io.x402compute.simulation.world;

/** A client of an AWS service has given up: what it asked for may have happened or not. */
public final class AwsFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AwsFailed(String what) {
        super(what, null, false, false);
    }
}
