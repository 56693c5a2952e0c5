package io.x402compute.simulation.schedule;

/** What an actor threw, told to the director. */
public final class ActorFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ActorFailed(Throwable cause) {
        super(cause);
    }
}
