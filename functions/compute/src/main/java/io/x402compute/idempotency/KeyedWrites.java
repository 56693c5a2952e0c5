package io.x402compute.idempotency;

import java.time.Clock;
import java.util.function.Function;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiResponse;
import io.x402compute.store.Companion;

/**
 * Serves writes that come with a key once: the same request again gets the same answer, for a day. While the first is being
 * worked on the second is refused; when the first died at it, the second finishes it. Answers that say "no" are not kept,
 * so that a retry is a new try.
 */
public final class KeyedWrites {
    /** On an answer that was given before. */
    public static final String REPLAYED = "Idempotent-Replayed";

    private static final int FIRST_OF_OURS = 500;

    private final KeyTable keys;
    private final AnswerForm form;
    private final Clock clock;

    public KeyedWrites(KeyTable keys, AnswerForm form, Clock clock) {
        this.keys = keys;
        this.form = form;
        this.clock = clock;
    }

    /**
     * Serves a request, or answers as it was answered.
     *
     * @param fingerprint of the request
     * @param work does it, perhaps for the second time, if somebody died at it the first time
     * @throws ApiException 409 as in {@link KeyConflict}, and whatever {@code work} throws
     */
    public ApiResponse serve(RequestKey key, String fingerprint, Function<KeptAnswer, ApiResponse> work) {
        return switch (keys.take(key, fingerprint, clock.instant())) {
            case Taking.Taken taken -> work(taken, work);
            case Taking.Answered(String answer) -> form.read(key, answer).withHeader(REPLAYED, "true");
            case Taking.InProgress() -> throw KeyConflict.inProgress();
            case Taking.OtherRequest() -> throw KeyConflict.mismatch();
        };
    }

    private ApiResponse work(Taking.Taken taken, Function<KeptAnswer, ApiResponse> work) {
        try {
            ApiResponse answer = work.apply(kept -> together(taken, kept));
            // Of no effect where it was written together with what was done.
            keys.answer(taken, form.write(taken.key(), answer));
            return answer;
        } catch (ApiException e) {
            if (e.status() < FIRST_OF_OURS) {
                keys.giveBack(taken);
            } else {
                keys.putDown(taken);
            }
            throw e;
        } catch (RuntimeException e) {
            keys.putDown(taken);
            throw e;
        }
    }

    private Companion together(Taking.Taken taken, ApiResponse answer) {
        return keys.answerTogether(taken, form.write(taken.key(), answer), KeyConflict::inProgress);
    }
}
