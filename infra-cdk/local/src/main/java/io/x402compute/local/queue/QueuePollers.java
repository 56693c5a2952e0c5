package io.x402compute.local.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.x402compute.local.aws.AccessPolicy;
import io.x402compute.local.aws.MessageQueues;
import io.x402compute.local.function.FunctionRuntime;
import io.x402compute.local.function.FunctionRuntime.Outcome;
import io.x402compute.local.template.EventSource;

/**
 * Takes messages out of queues and calls the functions that are to have them; what they did not fail at is deleted. All of that is done with the function's
 * own role, as Lambda does it.
 */
public final class QueuePollers implements AutoCloseable {
    private final List<EventSource> sources;
    private final MessageQueues queues;
    private final AccessPolicy policy;
    private final FunctionRuntime functions;
    private final Map<EventSource, Semaphore> free;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService tickers;

    /** Pollers at rest: nothing is delivered before it is asked for. */
    public QueuePollers(List<EventSource> sources, MessageQueues queues, AccessPolicy policy,
            FunctionRuntime functions) {
        this.sources = List.copyOf(sources);
        this.queues = queues;
        this.policy = policy;
        this.functions = functions;
        this.free = this.sources.stream()
                .collect(Collectors.toMap(source -> source,
                        source -> new Semaphore(Math.min(source.concurrency(), functions.invocationsAtOnce()))));
        this.tickers = Executors.newScheduledThreadPool(this.sources.size(),
                Thread.ofPlatform().daemon().name("queues").factory());
    }

    /** From now on looks into the queues every second in the background. */
    public void runInBackground() {
        for (EventSource source : sources) {
            var _ = tickers.scheduleWithFixedDelay(() -> begin(source), 1, 1, TimeUnit.SECONDS);
        }
    }

    /** Delivers all messages that are visible now, each once, and returns when the functions have answered. */
    public void deliver() {
        List<Future<?>> begun = sources.stream().flatMap(source -> begin(source).stream()).toList();
        for (Future<?> call : begun) {
            try {
                call.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a message could not be delivered", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        tickers.shutdownNow();
        calls.shutdownNow();
    }

    private List<Future<?>> begin(EventSource source) {
        List<Future<?>> begun = new ArrayList<>();
        int left = queues.visible(source.queueArn());
        while (left > 0 && may(source, "sqs:ReceiveMessage") && may(source, "sqs:GetQueueAttributes")) {
            free.get(source).acquireUninterruptibly();
            Batch batch = new Batch(source.queueArn(),
                    queues.receive(source.queueArn(), Math.min(left, source.batchSize())));
            begun.add(calls.submit(() -> call(source, batch)));
            left = batch.messages().isEmpty() ? 0 : left - batch.messages().size();
        }
        return begun;
    }

    private void call(EventSource source, Batch batch) {
        try {
            if (!batch.messages().isEmpty()) {
                deleteAllBut(failed(source, batch), source, batch);
            }
        } finally {
            free.get(source).release();
        }
    }

    private Set<String> failed(EventSource source, Batch batch) {
        return switch (functions.invoke(source.functionId(), batch.event())) {
            case Outcome.Returned returned when source.reportsFailures() -> batch.failed(returned.payload());
            case Outcome.Returned _ -> Set.of();
            case Outcome.Failed _ -> batch.ids();
            case Outcome.TimedOut _ -> batch.ids();
        };
    }

    private void deleteAllBut(Set<String> failed, EventSource source, Batch batch) {
        batch.messages().stream()
                .filter(message -> !failed.contains(message.id()) && may(source, "sqs:DeleteMessage"))
                .forEach(message -> queues.delete(source.queueArn(), message.receipt()));
    }

    private boolean may(EventSource source, String action) {
        return policy.refusal(source.functionId(), action, source.queueArn()).isEmpty();
    }
}
