package io.x402compute.instance;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;

import io.x402compute.store.Companion;

/**
 * Shows the password of a machine once. It is gone from the row before anybody sees it, so an answer that gets lost cannot be
 * had again, and no two can have it.
 */
public final class PasswordReveal {
    private final InstanceStore store;
    private final InstanceCreator creator;
    private final PasswordSeal seal;
    private final Clock clock;

    /** What came of a wish for the password. */
    public sealed interface Outcome {

        /** Here it is, and nowhere else any more. */
        record Revealed(RootPassword password, String ipAddress) implements Outcome {}

        /** The machine is not up: the password stays where it is. */
        record NotReady() implements Outcome {}

        record RevealedBefore(Instant at) implements Outcome {}

        /** The machine takes its owner's key. */
        record NoPassword() implements Outcome {}

        /**
         * The machine's end was decided.
         *
         * @param outcome the final state this leads to
         */
        record Gone(InstanceState outcome) implements Outcome {}
    }

    public PasswordReveal(InstanceStore store, InstanceCreator creator, PasswordSeal seal, Clock clock) {
        this.store = store;
        this.creator = creator;
        this.seal = seal;
        this.clock = clock;
    }

    /**
     * Reveals the password of that instance, if it is up by now.
     *
     * @throws IllegalStateException when it cannot be read, in which case it is not used up
     */
    public Outcome reveal(Instance instance, Instant deadline) {
        return reveal(instance, deadline, revealed -> Companion.nobody());
    }

    /**
     * The same, with something that is written in the moment in which the password is used up, or not at all.
     *
     * @throws RuntimeException that of the companion, where it cannot be written: the password is not used up
     */
    public Outcome reveal(Instance instance, Instant deadline, Function<Outcome.Revealed, Companion> together) {
        if (instance.spec().sshPublicKey().isPresent()) {
            return new Outcome.NoPassword();
        }
        Instance latest = creator.bringUp(instance, deadline);
        while (latest.state() == InstanceState.ACTIVE && latest.password().sealed().isPresent()) {
            RootPassword password = seal.open(latest.password().sealed().get(), latest.id());
            Outcome.Revealed revealed = new Outcome.Revealed(password, latest.machine().orElseThrow().ipAddress());
            if (store.save(latest.revealed(clock.instant()), together.apply(revealed))) {
                return revealed;
            }
            latest = store.find(instance.id()).orElseThrow();
        }
        return nothingToReveal(latest);
    }

    private static Outcome nothingToReveal(Instance instance) {
        return switch (instance.state()) {
            case PROVISIONING -> new Outcome.NotReady();
            case ACTIVE -> instance.password().revealedAt().<Outcome>map(Outcome.RevealedBefore::new)
                    .orElseGet(Outcome.NoPassword::new);
            case TERMINATING, DESTROYED, EXPIRED, FAILED -> new Outcome.Gone(instance.outcome());
        };
    }
}
