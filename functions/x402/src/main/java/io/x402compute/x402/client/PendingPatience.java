package io.x402compute.x402.client;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/** Asks again while a settlement is pending, no sooner than the seller wants and not for ever. */
final class PendingPatience {
    private static final Duration UNSTATED = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** The other form of Retry-After, a date, is not worth reading for waits this short. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private final int questions;
    private final Waiter waiter;

    PendingPatience(int questions, Waiter waiter) {
        this.questions = questions;
        this.waiter = waiter;
    }

    interface Question {
        PaidResponse ask() throws IOException, InterruptedException;
    }

    PaidResponse untilSettled(Question question) throws IOException, InterruptedException {
        PaidResponse answer = question.ask();
        for (int asked = 0; answer.isPending() && asked < questions; asked++) {
            waiter.await(retryAfter(answer));
            answer = question.ask();
        }
        return answer;
    }

    private static Duration retryAfter(PaidResponse answer) {
        Duration stated = answer.response().headers().firstValue("Retry-After")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(UNSTATED);
        return stated.compareTo(LONGEST) < 0 ? stated : LONGEST;
    }
}
