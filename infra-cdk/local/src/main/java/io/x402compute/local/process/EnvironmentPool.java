package io.x402compute.local.process;

import java.time.Duration;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.x402compute.local.function.FunctionRuntime.Outcome;

/**
 * The processes of one function. As on Lambda an invocation gets one that is idle, else a new one; unlike Lambda's there
 * are at most a few, and whoever finds all of them busy waits.
 */
final class EnvironmentPool implements AutoCloseable {
    /** Enough to run into each other; a machine with few processors gets nothing done faster with more. */
    static final int MOST = 4;
    /** So long does an HTTP API wait for an answer. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Supplier<ExecutionEnvironment> starter;
    private final Semaphore free = new Semaphore(MOST, true);
    private final Deque<ExecutionEnvironment> idle = new ConcurrentLinkedDeque<>();
    private final Queue<ExecutionEnvironment> started = new ConcurrentLinkedQueue<>();
    private boolean closed;

    EnvironmentPool(Supplier<ExecutionEnvironment> starter) {
        this.starter = starter;
    }

    /**
     * Starts the first process.
     *
     * @throws FunctionStartException when it does not start
     */
    void start() {
        idle.push(ready());
    }

    /** Invokes one of them; a timeout when none is free for too long, a failure when a process cannot be started. */
    Outcome invoke(byte[] event) {
        try {
            if (!free.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Outcome.TimedOut(LONGEST_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("Runtime.ExitError", "interrupted");
        }
        try {
            return invokeOneOf(event);
        } finally {
            free.release();
        }
    }

    /** Ends the processes that run now and waits for their end. */
    synchronized void killAll() {
        started.forEach(ExecutionEnvironment::close);
    }

    /** No process is started any more, and those that run are ended; does not wait for their end. */
    synchronized void kill() {
        closed = true;
        started.forEach(ExecutionEnvironment::kill);
    }

    /** Ends all processes and waits for their end. */
    @Override
    public void close() {
        kill();
        started.forEach(ExecutionEnvironment::close);
    }

    private Outcome invokeOneOf(byte[] event) {
        try {
            ExecutionEnvironment environment = idleOne();
            Outcome outcome = environment.invoke(event);
            if (environment.isAlive()) {
                idle.push(environment);
            }
            return outcome;
        } catch (FunctionStartException e) {
            return new Outcome.Failed("Runtime.InitError", e.getMessage());
        }
    }

    private ExecutionEnvironment idleOne() {
        for (ExecutionEnvironment next = idle.poll(); next != null; next = idle.poll()) {
            if (next.isAlive()) {
                return next;
            }
        }
        return ready();
    }

    private ExecutionEnvironment ready() {
        ExecutionEnvironment environment = started();
        environment.awaitReady();
        return environment;
    }

    /** Whoever closes this finds every process that was ever started. */
    private synchronized ExecutionEnvironment started() {
        if (closed) {
            throw new FunctionStartException("everything is being stopped");
        }
        started.removeIf(environment -> !environment.isAlive());
        ExecutionEnvironment environment = starter.get();
        started.add(environment);
        return environment;
    }
}
