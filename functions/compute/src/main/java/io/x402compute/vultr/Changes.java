package io.x402compute.vultr;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import io.x402compute.vultr.Answer.Answered;
import io.x402compute.vultr.Answer.Lost;
import io.x402compute.vultr.Answer.NotSent;

/** What answers to changes mean. A success is a yes even if its body cannot be read: there is no id in it to be lost. */
final class Changes {
    private static final Pattern JOB = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private Changes() {}

    static Change of(Answer answer) {
        return switch (answer) {
            case Answered answered when answered.success() -> new Change.Accepted(job(answered));
            case Answered answered when answered.missing() -> new Change.Gone();
            case Answered answered when answered.notYet() -> new Change.Busy(answered.error());
            case Answered answered when answered.status() == 429 ->
                new Change.Throttled(answered.retryAfter().orElseThrow());
            case Answered answered when answered.failure().kind() == Failure.Kind.UNAVAILABLE ->
                new Change.Unknown(answered.failure().why());
            case Answered answered -> refused(answered.status(), answered.error());
            case NotSent(Failure failure, Duration _) when failure.kind() == Failure.Kind.CONFIGURATION ->
                refused(401, failure.why());
            case NotSent(Failure _, Duration retryAfter) -> new Change.Throttled(retryAfter);
            case Lost(String why) -> new Change.Unknown(why);
        };
    }

    private static Change refused(int status, String text) {
        return new Change.Refused(status, Refusal.of(status, text), text);
    }

    private static Optional<String> job(Answered answered) {
        return Fields.texts(answered.json(), "job_ids").stream().filter(id -> JOB.matcher(id).matches()).findFirst();
    }
}
