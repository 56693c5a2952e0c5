package io.x402compute.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

import io.x402compute.store.LocalAws;

class SqsJobQueueTest {
    private static final JobId JOB = JobId.of("0b5f2c1e-8f7a-4d55-9a53-6b1c0e2d4f77");

    @RegisterExtension
    final LocalAws aws = new LocalAws();

    private SqsClient sqs;
    private String url;
    private SqsJobQueue queue;

    @BeforeEach
    void connect() {
        sqs = aws.sqs();
        url = aws.environment().get("JOB_QUEUE");
        queue = new SqsJobQueue(sqs, url);
    }

    @AfterEach
    void disconnect() {
        sqs.close();
    }

    @Test
    void aJobComesOutByItsId() {
        queue.send(JOB, Duration.ZERO);

        assertThat(received()).extracting(Message::body).containsExactly(JOB.toString());
    }

    @Test
    void aJobThatIsSentForLaterDoesNotComeOutNow() {
        queue.send(JOB, Duration.ofHours(1));
        queue.send(JOB, Duration.ofNanos(1));

        assertThat(received()).isEmpty();
    }

    @Test
    void aMessageThatIsBroughtBackComesOutAgain() {
        queue.send(JOB, Duration.ZERO);
        String receipt = received().getFirst().receiptHandle();
        assertThat(received()).as("while it is hidden").isEmpty();

        queue.bringBack(receipt, Duration.ZERO);

        assertThat(received()).hasSize(1);
    }

    @Test
    void aQueueThatCannotBeReachedLosesNoJobInSilence() {
        FakeSqs unreachable = new FakeSqs();
        unreachable.fail();
        SqsJobQueue nowhere = new SqsJobQueue(unreachable, url);

        assertThatThrownBy(() -> nowhere.send(JOB, Duration.ZERO)).isInstanceOf(SdkException.class);
        nowhere.bringBack("receipt", Duration.ZERO);
    }

    private List<Message> received() {
        return sqs.receiveMessage(ask -> ask.queueUrl(url).visibilityTimeout(60)).messages();
    }
}
