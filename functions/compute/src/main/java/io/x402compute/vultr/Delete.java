package io.x402compute.vultr;

/** What became of asking the provider to destroy a machine. Only a later {@link Lookup.Missing} proves that it is gone. */
public sealed interface Delete {

    /** The provider took the order. */
    record Accepted() implements Delete {}

    /** There is no such machine (any more, or not visible yet right after its creation). */
    record Gone() implements Delete {}

    /** The machine cannot be destroyed right now, because it is still being set up or is locked: ask again in a while. */
    record Busy(String why) implements Delete {}

    /** Not known to be carried out. */
    record Failed(Failure failure) implements Delete {}
}
