package io.x402compute.x402.facilitator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Asks what moves nothing, and so may be asked again where that helps. Settling must not be. */
final class FacilitatorQuestions {
    private static final int MOST_ASKED = 4;

    private final Clock clock;
    private final Pause pause;

    FacilitatorQuestions(Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Asks up to four times.
     *
     * @param question is given the time that it may take
     * @param budget for all of it, the pauses between included
     */
    FacilitatorReply ask(Function<Duration, FacilitatorReply> question, Duration budget) {
        Instant end = clock.instant().plus(budget);
        FacilitatorReply reply = question.apply(budget);
        for (int asked = 1; asked < MOST_ASKED; asked++) {
            Optional<Duration> wait = reply.again(asked).filter(time -> clock.instant().plus(time).isBefore(end));
            if (wait.isEmpty() || !hasWaited(wait.get())) {
                return reply;
            }
            reply = question.apply(Duration.between(clock.instant(), end));
        }
        return reply;
    }

    private boolean hasWaited(Duration time) {
        try {
            pause.until(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
