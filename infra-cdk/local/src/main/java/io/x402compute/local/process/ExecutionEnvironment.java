package io.x402compute.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.x402compute.local.function.FunctionLog;
import io.x402compute.local.function.FunctionRuntime.Outcome;
import io.x402compute.local.template.LambdaFunction;

/**
 * One process of a function, and Lambda's side of its life: it is constructed, taken through the hooks before a snapshot
 * and after a restore, and then invoked, one event at a time. Who uses it sees to that.
 */
final class ExecutionEnvironment implements AutoCloseable {
    /** Far more than it takes, on a machine that does other things too. */
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_END = Duration.ofMillis(500);

    private final LambdaFunction function;
    private final FunctionLog log;
    private final Conversation conversation;
    private final ProcessOutput output;
    private final Instant started;
    private final Process process;
    private volatile Invocation running;
    private boolean invokedBefore;

    private ExecutionEnvironment(
            LambdaFunction function,
            FunctionLog log,
            Conversation conversation,
            Path output,
            Instant started,
            Process process) {
        this.function = function;
        this.log = log;
        this.conversation = conversation;
        this.output = new ProcessOutput(output);
        this.started = started;
        this.process = process;
    }

    /** Starts the process and does not wait for it. */
    static ExecutionEnvironment start(
            LambdaFunction function,
            Path taskRoot,
            Map<String, String> environment,
            FunctionJvm jvm,
            RuntimeApi api,
            FunctionLog log) {
        Conversation conversation = new Conversation();
        try {
            Path output = jvm.outputOf(function);
            Instant started = Instant.now();
            Process process = jvm.start(function, taskRoot, environment, api.open(function, conversation), output);
            return new ExecutionEnvironment(function, log, conversation, output, started, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until it has been restored and asks for its first invocation.
     *
     * @throws FunctionStartException when it does not get that far; then its process is ended
     */
    void awaitReady() {
        var _ = process.onExit().thenRun(this::ended);
        try {
            Instant restored = conversation.ready().get(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS);
            Instant snapshot = conversation.snapshot().resultNow();
            log.add(function.name(), output.read());
            log.add(function.name(), String.format(Locale.ROOT, "%s ready in %.2f s, %d ms of it after the snapshot",
                    function.handlerName(), Duration.between(started, restored).toMillis() / 1000.0,
                    Duration.between(snapshot, restored).toMillis()));
        } catch (ExecutionException e) {
            throw refusal(e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw refusal(function.handlerName() + " does not start: not ready after " + LONGEST_START);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal(function.handlerName() + " does not start: interrupted");
        }
    }

    /** Invokes the function and waits for it, at most for its timeout; after that, as on Lambda, its process is ended. */
    Outcome invoke(byte[] event) {
        Invocation invocation = Invocation.of(event, function.timeout());
        Instant offered = Instant.now();
        running = invocation;
        conversation.offer(invocation);
        if (!isAlive()) {
            // It may have ended before it was known what it would have to answer.
            invocation.end(exit());
        }
        Outcome outcome = await(invocation.outcome());
        log.add(function.name(), output.read());
        if (!invokedBefore) {
            invokedBefore = true;
            log.add(function.name(), "%s answered for the first time, in %d ms".formatted(
                    function.handlerName(), Duration.between(offered, Instant.now()).toMillis()));
        }
        return outcome;
    }

    /** Whether it can take another invocation. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process, as Lambda does without asking it, and does not wait for the end. */
    void kill() {
        process.destroyForcibly();
    }

    /** Ends the process and waits for the end. */
    @Override
    public void close() {
        kill();
        try {
            process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ended() {
        conversation.end(new FunctionStartException(
                "%s does not start: %s".formatted(function.handlerName(), exit().errorMessage())));
        Invocation unanswered = running;
        if (unanswered != null) {
            unanswered.end(exit());
        }
    }

    private Outcome.Failed exit() {
        return new Outcome.Failed("Runtime.ExitError", "the process exited with code " + process.exitValue());
    }

    private Outcome await(CompletableFuture<Outcome> answer) {
        try {
            return answer.get(function.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            close();
            log.add(function.name(), "Task timed out after " + function.timeout());
            return new Outcome.TimedOut(function.timeout());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            return new Outcome.Failed("Runtime.ExitError", "interrupted");
        }
    }

    /** With what the process said last: what a hook threw is not in the error that the client reports. */
    private FunctionStartException refusal(String reason) {
        close();
        String said = output.read();
        log.add(function.name(), said);
        log.add(function.name(), reason);
        return new FunctionStartException(reason + "\n" + said);
    }
}
