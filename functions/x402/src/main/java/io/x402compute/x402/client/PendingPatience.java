package io.x402compute.x402.client;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;

import io.x402compute.x402.protocol.SettlementResponse;

/** How long to wait before asking again while a settlement is pending: as long as the seller wants, and not for ever. */
final class PendingPatience {
    private static final Duration UNSTATED = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int ACCEPTED = 202;
    /** The other form of Retry-After, a date, is not worth reading for waits this short. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private final int questions;
    private final Waiter waiter;

    PendingPatience(int questions, Waiter waiter) {
        this.questions = questions;
        this.waiter = waiter;
    }

    /** False when it has been asked often enough, or the seller is not at work on the payment but in trouble. */
    boolean waitsAfter(HttpResponse<byte[]> answer, int asked) throws InterruptedException {
        boolean atWork = answer.statusCode() == ACCEPTED
                || Verdict.receipt(answer).filter(SettlementResponse::isPending).isPresent();
        if (asked >= questions || !atWork) {
            return false;
        }
        waiter.await(retryAfter(answer));
        return true;
    }

    private static Duration retryAfter(HttpResponse<byte[]> answer) {
        Duration stated = answer.headers().firstValue("Retry-After")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(UNSTATED);
        return stated.compareTo(LONGEST) < 0 ? stated : LONGEST;
    }
}
