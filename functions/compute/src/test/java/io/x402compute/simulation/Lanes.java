package io.x402compute.simulation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** Lives many histories, as many at once as there are cores, until one fails. */
final class Lanes {
    private Lanes() {}

    /**
     * Lives the histories of these seeds.
     *
     * @param done is told after each how many there have been
     * @return the lowest seed of those that were found to fail
     */
    static Optional<Long> firstFailing(long from, long to, LongConsumer done) {
        AtomicLong next = new AtomicLong(from);
        AtomicLong failing = new AtomicLong(Long.MAX_VALUE);
        AtomicLong lived = new AtomicLong();
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
            List<Future<?>> lanes = IntStream.range(0, cores)
                    .<Future<?>>mapToObj(lane -> threads.submit(() -> {
                        for (long seed = next.getAndIncrement(); seed < to
                                && failing.get() == Long.MAX_VALUE; seed = next.getAndIncrement()) {
                            if (History.live(Script.of(seed), false).broken().isPresent()) {
                                failing.accumulateAndGet(seed, Math::min);
                            }
                            done.accept(lived.incrementAndGet());
                        }
                    })).toList();
            for (Future<?> lane : lanes) {
                lane.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return failing.get() == Long.MAX_VALUE ? Optional.empty() : Optional.of(failing.get());
    }
}
