package io.x402compute.inference;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.x402compute.http.Json;
import io.x402compute.x402.protocol.Usdc;

/** Writes down what has become of a run, whatever else has been written of its job meanwhile. */
final class JobEndings {
    /** In bytes of JSON: answers repeat a result up to three times, and a function may answer 6 MB. */
    static final int LONGEST_RESULT = 3 << 19;
    /** A longer one is kept beside the row, which is written whole whenever anything of it changes. */
    static final int LONGEST_INLINE = 64 << 10;
    static final String TOO_LARGE = "result_too_large";
    static final String REFUSED = "input_refused";
    private static final int TRIES = 5;

    private final Jobs jobs;
    private final Tariff tariff;
    private final Clock clock;

    JobEndings(Jobs jobs, Tariff tariff, Clock clock) {
        this.jobs = jobs;
        this.tariff = tariff;
        this.clock = clock;
    }

    Job completed(Job running, Outcome.Completed outcome) {
        Output output = outcome.output();
        byte[] json = Json.write(output.fields()).getBytes(StandardCharsets.UTF_8);
        if (json.length > LONGEST_RESULT || output.attachments().stream()
                .anyMatch(attachment -> attachment.bytes().length > Jobs.LONGEST_ATTACHMENT)) {
            return failed(running, TOO_LARGE);
        }
        Usdc cost = tariff.cost(running.request(), outcome.usage());
        List<Attachment> beside = new ArrayList<>(output.attachments());
        if (json.length > LONGEST_INLINE) {
            beside.add(new Attachment("", "application/json", json));
        }
        int attempt = running.progress().attempts();
        List<KeptAttachment> kept = beside.stream()
                .map(attachment -> jobs.keep(running.id(), attempt, attachment, clock.instant())).toList();
        return save(running, job -> job.completed(output.fields(), kept, cost, clock.instant()));
    }

    Job refused(Job running, String message) {
        return save(running, job -> job.failed(REFUSED, Optional.of(message), clock.instant()));
    }

    Job failed(Job running, String code) {
        return save(running, job -> job.failed(code, Optional.empty(), clock.instant()));
    }

    /** The job after that arrow, or as somebody else has left it who has taken this attempt's place. */
    Job save(Job running, UnaryOperator<Job> arrow) {
        Job latest = running;
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Job next = arrow.apply(latest);
            if (jobs.save(next)) {
                return next;
            }
            latest = jobs.find(running.id()).orElseThrow();
            if (latest.state() != running.state()
                    || latest.progress().attempts() != running.progress().attempts()) {
                return latest;
            }
        }
        throw new IllegalStateException("job %s is written again and again".formatted(running.id()));
    }
}
