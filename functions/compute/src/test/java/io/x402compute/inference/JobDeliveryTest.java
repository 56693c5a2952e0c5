package io.x402compute.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.x402compute.http.ManualClock;
import io.x402compute.inference.JobDelivery.Handling;

class JobDeliveryTest {
    private static final String JOB = "0b5f2c1e-8f7a-4d55-9a53-6b1c0e2d4f77";
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant DEADLINE = NOW.plusSeconds(290);
    /** The deadline, a minute for the lease on the row, and some more. */
    private static final String SHOWN_WHEN_NOBODY_IS_AT_IT = "show receipt in 380 s";

    private final FakeSqs sqs = new FakeSqs();

    @Test
    void aJobThatNeedsNothingMoreIsDone() {
        assertThat(take(JOB, (job, deadline) -> {
            assertThat(job).isEqualTo(JobId.of(JOB));
            assertThat(deadline).isEqualTo(DEADLINE);
            return Optional.empty();
        })).isEqualTo(Handling.DONE);

        assertThat(sqs.asked()).containsExactly(SHOWN_WHEN_NOBODY_IS_AT_IT);
    }

    @Test
    void aJobUnderWayIsSentAgainNeverTooEarly() {
        assertThat(take(JOB, (job, deadline) -> Optional.of(Duration.ofMillis(3_200))))
                .isEqualTo(Handling.SENT_AGAIN);

        assertThat(sqs.asked()).containsExactly(SHOWN_WHEN_NOBODY_IS_AT_IT, "send " + JOB + " in 4 s");
    }

    @Test
    void aJobIsNeverHeldBackForLongerThanSqsCan() {
        take(JOB, (job, deadline) -> Optional.of(Duration.ofHours(1)));

        assertThat(sqs.asked()).contains("send " + JOB + " in 900 s");
    }

    /** The message has to be hidden by then, for whoever dies cannot see to it. */
    @Test
    void whoeverDiesAtAJobLeavesItsMessageToComeBackWhenNobodyCanBeAtIt() {
        assertThatThrownBy(() -> take(JOB, (job, deadline) -> {
            assertThat(sqs.asked()).containsExactly(SHOWN_WHEN_NOBODY_IS_AT_IT);
            throw new IllegalStateException("no table");
        })).hasMessage("no table");

        assertThat(sqs.asked()).hasSize(1);
    }

    @Test
    void whatIsNoJobIsLeftForSomebodyToLookAt() {
        assertThat(take("not a job", (job, deadline) -> {
            throw new AssertionError("worked on");
        })).isEqualTo(Handling.NO_JOB);
    }

    private Handling take(String body, JobWorker worker) {
        return new JobDelivery(worker, new SqsJobQueue(sqs, "queue"), new ManualClock(NOW))
                .take(body, "receipt", DEADLINE);
    }
}
