package io.x402compute.cli.command;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.Progress;
import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.x402.protocol.WireJson;

/** Waits for a run that is queued. Nothing depends on it: it can be interrupted, and waited for again. */
record JobEnd(Session session) {
    static final String PENDING = "pending";
    private static final Duration STEP = Duration.ofSeconds(3);

    static String path(Id job) {
        return "/status/" + job;
    }

    /** The run when it is done. */
    ObjectNode await(Id job, Duration longest) {
        Progress progress = new Progress(session.shell());
        try {
            for (Duration waited = Duration.ZERO;; waited = waited.plus(STEP)) {
                ObjectNode found = look(job);
                String status = found.path("status").asText(PENDING);
                if (!status.equals(PENDING)) {
                    return done(job, status, found);
                }
                if (waited.compareTo(longest) >= 0) {
                    throw new CommandFailed(ExitCode.UNFINISHED,
                            "not done after %d minutes; wait on with: x402compute job %s --wait"
                                    .formatted(longest.toMinutes(), job));
                }
                progress.tell(found.at("/progress/phase").asText(PENDING), waited);
                pause();
            }
        } finally {
            progress.end();
        }
    }

    private static ObjectNode done(Id job, String status, ObjectNode found) {
        if (status.equals("completed")) {
            return found;
        }
        throw new CommandFailed(ExitCode.FAILED, "the run is %s%s; what becomes of its payment: x402compute job %s"
                .formatted(status, WireJson.text(found, "error").map(" (%s)"::formatted).orElse(""), job));
    }

    /** Without an answer there may be one the next time. */
    private ObjectNode look(Id job) {
        try {
            return session.api().asAnybody(Call.get(path(job))).body();
        } catch (CommandFailed e) {
            return switch (e.exitCode()) {
                case UNFINISHED, UNREACHABLE -> WireJson.object();
                case DONE, FAILED, USAGE, UNPAID -> throw e;
            };
        }
    }

    private void pause() {
        try {
            session.shell().pause().await(STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.UNFINISHED, "interrupted; the run goes on");
        }
    }
}
