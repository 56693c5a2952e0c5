package io.x402compute.running;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import io.x402compute.local.outside.OutsideCalls;

/** Lets time fly while a function waits for a transaction: each look at what became of it takes seconds. */
record Hurry(RunningCloud running) implements OutsideCalls.Watch {
    private static final String LOOK = "evm eth_getTransactionReceipt";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);

    @Override
    public <A> Optional<A> pass(String call, Supplier<A> effect) {
        if (call.equals(LOOK)) {
            running.pass(BETWEEN_LOOKS);
        }
        return Optional.of(effect.get());
    }
}
