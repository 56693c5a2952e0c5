package io.x402compute.instance;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Do the same with each of many things, so many at a time. What fails with one of them keeps nobody from the others; it is
 * known in the end.
 *
 * <p>One at a time is done by the caller's own thread, in order.
 */
public final class Workers {
    private final int atOnce;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    public Workers(int atOnce) {
        this.atOnce = atOnce;
    }

    /** What comes of each with which it does not fail, in the same order. */
    public <T, R> List<R> each(List<T> things, Function<T, R> work) {
        if (atOnce == 1) {
            return things.stream().map(thing -> attempt(work, thing)).flatMap(Optional::stream).toList();
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            List<Future<Optional<R>>> begun = things.stream()
                    .map(thing -> threads.submit(() -> attempt(work, thing))).toList();
            return begun.stream().map(Workers::result).flatMap(Optional::stream).toList();
        }
    }

    /** To be known in the end. */
    void failed(RuntimeException e) {
        failure.compareAndSet(null, e);
    }

    /**
     * Fails if anything has failed.
     *
     * @throws RuntimeException the first that anything has failed with
     */
    public void failIfAnyFailed() {
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private <T, R> Optional<R> attempt(Function<T, R> work, T thing) {
        try {
            return Optional.of(work.apply(thing));
        } catch (RuntimeException e) {
            failed(e);
            return Optional.empty();
        }
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
