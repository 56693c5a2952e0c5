package io.x402compute.running;

import static io.x402compute.running.QueuedRun.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.inference.JobState;
import io.x402compute.local.alarm.AlarmState;
import io.x402compute.local.aws.Grant;
import io.x402compute.local.aws.Roles;

/** What becomes of the messages in the queue of jobs, whatever becomes of the jobs. */
class QueuedJobsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final String DEAD_LETTERS = "arn:aws:sqs:us-east-1:000000000000:JobDeadLetters";
    /** The function's five minutes, and what a dead one is given after that. */
    private static final Duration UNTIL_DELIVERED_AGAIN = Duration.ofMinutes(7);
    private static final int DELIVERIES = 5;
    private static final int MOST_MINUTES = 30;
    private static final Grant READS = new Grant("WorkJobs", "dynamodb:GetItem",
            "arn:aws:dynamodb:us-east-1:000000000000:table/JobsTable");

    private final int linesBefore = lines().size();

    @AfterEach
    void empty() {
        running.cloud().queues().purge(QUEUE);
        running.cloud().queues().purge(DEAD_LETTERS);
        running.cloud().alarms();
    }

    @Test
    void aJobIsBegunLookedAtAndCompleted() {
        QueuedRun run = QueuedRun.of(running);
        running.cloud().deliver();
        assertThat(run.state()).isEqualTo(JobState.RUNNING);
        running.cloud().deliver();
        assertThat(newLines()).as("nothing to look at yet").hasSize(1);

        for (int minute = 0; minute < MOST_MINUTES && !run.state().isOver(); minute++) {
            running.pass(Duration.ofMinutes(1));
            running.cloud().deliver();
        }

        assertThat(run.state()).isEqualTo(JobState.COMPLETED);
        assertThat(run.job().result()).isPresent();
        assertThat(running.cloud().queues().size(QUEUE)).isZero();
        assertThat(newLines()).hasSizeGreaterThan(1).allSatisfy(line -> assertThat(line).doesNotContain(run.id()));
        assertThat(newLines().getLast()).contains("\"outcome\":\"done\"");
    }

    @Test
    void aJobWhoseRowCannotBeReadIsWorkedOnLater() {
        QueuedRun run = QueuedRun.of(running);
        try (Roles.Withdrawal _ = running.cloud().roles().without(READS)) {
            running.cloud().deliver();
        }
        assertThat(newLines()).singleElement().asString().contains("\"outcome\":\"failed\"");
        assertThat(run.state()).isEqualTo(JobState.QUEUED);

        running.pass(UNTIL_DELIVERED_AGAIN);
        running.cloud().deliver();

        assertThat(newLines()).hasSize(2).last().asString()
                .contains("\"delivery\":\"2\",\"outcome\":\"sent_again\"");
        assertThat(run.state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void aJobThatIsGoneIsWorkedOffWithoutItsIdBeingLogged() {
        String job = UUID.randomUUID().toString();

        running.cloud().queues().send(QUEUE, job);
        running.cloud().deliver();

        assertThat(running.cloud().queues().size(QUEUE)).isZero();
        assertThat(newLines()).singleElement().asString().contains("\"outcome\":\"done\"").doesNotContain(job);
    }

    @Test
    void whatCannotBeWorkedOffIsPutAsideAfterFiveDeliveriesAndRaisesAnAlarm() {
        running.cloud().queues().send(QUEUE, "no job");
        for (int delivery = 1; delivery <= DELIVERIES; delivery++) {
            assertThat(firing()).doesNotContain("StrandedJobs");
            running.cloud().deliver();
            assertThat(newLines()).hasSize(delivery).last().asString()
                    .contains("\"delivery\":\"%d\",\"outcome\":\"no_job\"".formatted(delivery));
            running.pass(UNTIL_DELIVERED_AGAIN);
        }
        running.cloud().deliver();

        assertThat(newLines()).hasSize(DELIVERIES);
        assertThat(running.cloud().queues().size(QUEUE)).isZero();
        assertThat(running.cloud().queues().visible(DEAD_LETTERS)).isOne();
        assertThat(firing()).contains("StrandedJobs");
    }

    @Test
    void jobsThatNobodyWorksOnRaiseAnAlarm() {
        running.cloud().queues().send(QUEUE, UUID.randomUUID().toString());
        for (int minute = 0; minute < 40; minute++) {
            assertThat(firing()).as("minute %d", minute).doesNotContain("WaitingJobs");
            running.pass(Duration.ofMinutes(1));
        }
        for (int minute = 0; minute < 5; minute++) {
            firing();
            running.pass(Duration.ofMinutes(1));
        }
        assertThat(firing()).contains("WaitingJobs").doesNotContain("StrandedJobs");

        running.cloud().deliver();
        running.pass(Duration.ofMinutes(3));
        assertThat(firing()).doesNotContain("WaitingJobs");
    }

    private List<String> newLines() {
        return lines().subList(linesBefore, lines().size());
    }

    private static List<String> lines() {
        return running.cloud().logLines().stream().filter(line -> line.contains("\"route\":\"WorkJobs\"")).toList();
    }

    private static List<String> firing() {
        return running.cloud().alarms().stream().filter(AlarmState::firing).map(AlarmState::name).toList();
    }
}
