package io.x402compute.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.cli.api.Answer;
import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.MachineText;
import io.x402compute.cli.output.Progress;
import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.cli.shell.Shell;
import io.x402compute.x402.protocol.WireJson;

/** Waits for a machine to come up. Nothing depends on it: it can be interrupted, and waited for again. */
final class Boot {
    /** Between two questions. */
    private static final Duration STEP = Duration.ofSeconds(5);
    /** Of the line that shows that somebody is at work. */
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Set<String> OVER = Set.of("failed", "destroyed", "expired");

    private final Shell shell;
    private final Function<Call, Answer> owner;

    /** @param owner asks in the name of whoever owns the machine */
    Boot(Shell shell, Function<Call, Answer> owner) {
        this.shell = shell;
        this.owner = owner;
    }

    /**
     * The API's answer about the machine once it is up.
     *
     * @throws CommandFailed when it will not be, or is not within that time
     */
    ObjectNode await(Id id, Duration longest) {
        Progress progress = new Progress(shell);
        Instant start = shell.clock().instant();
        try {
            while (true) {
                Duration waited = Duration.between(start, shell.clock().instant());
                ObjectNode answer = look(id);
                JsonNode machine = answer.path("instance");
                String status = machine.path("status").asText("no answer");
                if (MachineText.isUp(machine)) {
                    progress.tell("active at " + MachineText.address(machine).orElseThrow(), waited);
                    return answer;
                }
                if (OVER.contains(status)) {
                    throw new CommandFailed(ExitCode.FAILED,
                            "the machine is %s; x402compute orders tells what became of its payment".formatted(status));
                }
                if (waited.compareTo(longest) >= 0) {
                    throw new CommandFailed(ExitCode.UNFINISHED,
                            "not up after %d minutes; run the same command again to wait on, or: x402compute show %s --wait"
                                    .formatted(longest.toMinutes(), id));
                }
                pass(progress, status, waited);
            }
        } finally {
            progress.end();
        }
    }

    /** Without an answer there may be one the next time. */
    private ObjectNode look(Id id) {
        try {
            return owner.apply(Call.get(id.machine())).body();
        } catch (CommandFailed e) {
            return switch (e.exitCode()) {
                case UNFINISHED, UNREACHABLE -> WireJson.object();
                case DONE, FAILED, USAGE, UNPAID -> throw e;
            };
        }
    }

    private void pass(Progress progress, String status, Duration waited) {
        progress.tell(status, waited);
        for (Duration step = TICK; step.compareTo(STEP) <= 0; step = step.plus(TICK)) {
            pause();
            progress.tell(status, waited.plus(step));
        }
    }

    private void pause() {
        try {
            shell.pause().await(TICK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.UNFINISHED, "interrupted; the machine goes on booting");
        }
    }
}
