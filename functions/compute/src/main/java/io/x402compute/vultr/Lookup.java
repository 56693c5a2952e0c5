package io.x402compute.vultr;

/** What the provider says of one machine. */
public sealed interface Lookup {

    record Found(VultrInstance instance) implements Lookup {}

    /** Answered 404. Within the first minutes after its creation that does not prove the machine is gone. */
    record Missing() implements Lookup {}

    /** Nobody could be asked: says nothing about the machine. */
    record Unavailable(Failure failure) implements Lookup {}
}
