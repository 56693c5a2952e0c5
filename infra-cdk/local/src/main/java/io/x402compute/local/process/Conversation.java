package io.x402compute.local.process;

import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

import io.x402compute.local.function.FunctionRuntime.Outcome;

/**
 * What one runtime client and Lambda say to each other: the client reports how it starts and is restored, then asks for
 * one invocation after another and answers each.
 */
final class Conversation {
    private final CompletableFuture<Instant> snapshot = new CompletableFuture<>();
    private final CompletableFuture<Instant> ready = new CompletableFuture<>();
    private final BlockingQueue<Invocation> offered = new LinkedBlockingQueue<>();
    private final AtomicReference<Invocation> current = new AtomicReference<>();

    /** Completes when the client has run the hooks before a snapshot; fails with {@link FunctionStartException}. */
    CompletableFuture<Instant> snapshot() {
        return snapshot;
    }

    /** Completes when the client, restored, asks for its first invocation; fails with {@link FunctionStartException}. */
    CompletableFuture<Instant> ready() {
        return ready;
    }

    /** It will not get any further. */
    void end(FunctionStartException reason) {
        snapshot.completeExceptionally(reason);
        ready.completeExceptionally(reason);
    }

    /** Hands over an invocation, as soon as the client asks for one. */
    void offer(Invocation invocation) {
        offered.add(invocation);
    }

    /** The client wants to be restored: everything before a snapshot is done. */
    void clientAsksForRestore() {
        snapshot.complete(Instant.now());
    }

    /** The one before is over: only now has the client logged all there is to log about it. Waits for the next. */
    Invocation clientAsksForInvocation() throws InterruptedException {
        ready.complete(Instant.now());
        Invocation before = current.get();
        if (before != null) {
            before.end(new Outcome.Failed("Runtime.InvalidResponse", "the runtime client did not answer"));
        }
        Invocation next = offered.take();
        current.set(next);
        return next;
    }

    /**
     * The client has answered the invocation that it was given last.
     *
     * @return false when that is not the invocation it was given
     */
    boolean clientAnswers(String requestId, Outcome answer) {
        Invocation invocation = current.get();
        return invocation != null && invocation.requestId().equals(requestId)
                && invocation.answer().compareAndSet(null, answer);
    }
}
