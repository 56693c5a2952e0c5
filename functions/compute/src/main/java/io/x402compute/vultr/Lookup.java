package io.x402compute.vultr;

/**
 * What the provider says of one machine.
 *
 * @param <T> {@link VultrInstance} or {@link VultrBareMetal}
 */
public sealed interface Lookup<T> {

    record Found<T>(T machine) implements Lookup<T> {}

    /** Answered 404. Within the first minutes after its creation that does not prove the machine is gone. */
    record Missing<T>() implements Lookup<T> {}

    /** Nobody could be asked: says nothing about the machine. */
    record Unavailable<T>(Failure failure) implements Lookup<T> {}
}
