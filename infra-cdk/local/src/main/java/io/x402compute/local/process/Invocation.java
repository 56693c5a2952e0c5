package io.x402compute.local.process;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.x402compute.local.function.FunctionRuntime.Outcome;

/**
 * One event on its way through a function.
 *
 * @param deadline in real time, whatever the local clock says
 * @param answer what the runtime client says of it, null until then
 * @param outcome completed when it is over
 */
record Invocation(
        String requestId,
        byte[] event,
        Instant deadline,
        AtomicReference<Outcome> answer,
        CompletableFuture<Outcome> outcome) {

    static Invocation of(byte[] event, Duration timeout) {
        return new Invocation(UUID.randomUUID().toString(), event, Instant.now().plus(timeout),
                new AtomicReference<>(), new CompletableFuture<>());
    }

    /** It is over, by that exit of the process if there was no answer before. */
    void end(Outcome exit) {
        Outcome given = answer.get();
        outcome.complete(given == null ? exit : given);
    }
}
