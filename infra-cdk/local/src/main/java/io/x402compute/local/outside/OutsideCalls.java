package io.x402compute.local.outside;

import java.util.Optional;
import java.util.function.Supplier;

/** Every call that a function makes to anything outside it passes here, and whoever watches decides what becomes of it. */
public final class OutsideCalls {
    private volatile Watch watch = new Unwatched();

    /** Whoever decides what becomes of calls. Several may pass at once. */
    public interface Watch {

        /**
         * Carries a call out, or does not.
         *
         * @param call what is called, the same words in every run: {@code dynamodb:PutItem table/Payments}, {@code evm
         *     eth_sendRawTransaction}, {@code provider POST /v2/instances}
         * @param effect carries it out and gives its answer; throws what the caller is to see
         * @return what is answered; empty when nothing ever is
         */
        <A> Optional<A> pass(String call, Supplier<A> effect);
    }

    /** Ends with the watch. */
    @FunctionalInterface
    public interface Watching extends AutoCloseable {
        @Override
        void close();
    }

    /** That watch decides from now on, instead of the one before, until this is closed. */
    public Watching watchedBy(Watch next) {
        watch = next;
        return () -> watch = new Unwatched();
    }

    /** Carries a call out, as {@link Watch#pass}. */
    public <A> Optional<A> pass(String call, Supplier<A> effect) {
        return watch.pass(call, effect);
    }

    private static final class Unwatched implements Watch {
        @Override
        public <A> Optional<A> pass(String call, Supplier<A> effect) {
            return Optional.of(effect.get());
        }
    }
}
