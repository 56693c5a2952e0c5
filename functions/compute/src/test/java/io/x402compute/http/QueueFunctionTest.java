package io.x402compute.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import org.junit.jupiter.api.Test;

class QueueFunctionTest {
    private final FakeContext context = new FakeContext();

    @Test
    void onlyMessagesThatFailedComeAgain() {
        assertThat(failures((message, deadline) -> new QueueFunction.Handled(message.body().equals("b"), "looked_at"),
                "a", "b", "c")).containsExactly("id-b");
    }

    @Test
    void eachMessageLeavesALineWithoutWhatItSays() {
        failures((message, deadline) -> {
            assertThat(message.receipt()).isEqualTo("receipt-secret");
            assertThat(deadline).isEqualTo("2026-01-01T00:00:20Z");
            return new QueueFunction.Handled(false, "done");
        }, "secret");

        assertThat(context.lines()).containsExactly("{\"request_id\":\"lambda-request\",\"route\":\"Reading\","
                + "\"message_id\":\"id-secret\",\"delivery\":\"2\",\"outcome\":\"done\",\"duration_ms\":0}");
    }

    @Test
    void aMessageThatBreaksTheFunctionFailsAloneAndIsNotQuoted() {
        assertThat(failures((message, deadline) -> {
            if (message.body().equals("b")) {
                throw new IllegalArgumentException("password hunter2");
            }
            return new QueueFunction.Handled(false, "done");
        }, "a", "b", "c")).containsExactly("id-b");

        assertThat(context.lines()).hasSize(3).element(1).asString()
                .contains("IllegalArgumentException", "\"outcome\":\"failed\"").doesNotContain("hunter2");
    }

    private List<String> failures(BiFunction<QueueMessage, Instant, QueueFunction.Handled> handling,
            String... bodies) {
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(bodies).stream().map(QueueFunctionTest::message).toList());
        return new Reading(handling).handleRequest(event, context).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier).toList();
    }

    private static SQSEvent.SQSMessage message(String body) {
        SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
        message.setMessageId("id-" + body);
        message.setReceiptHandle("receipt-" + body);
        message.setBody(body);
        message.setAttributes(Map.of("ApproximateReceiveCount", "2"));
        return message;
    }

    private static final class Reading extends QueueFunction {
        private final BiFunction<QueueMessage, Instant, Handled> handling;

        Reading(BiFunction<QueueMessage, Instant, Handled> handling) {
            super(new ManualClock(Instant.parse("2026-01-01T00:00:00Z")));
            this.handling = handling;
        }

        @Override
        protected Handled handle(QueueMessage message, Instant deadline) {
            return handling.apply(message, deadline);
        }
    }
}
