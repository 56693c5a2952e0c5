package io.x402compute.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.x402compute.http.Json;
import io.x402compute.local.HandClock;
import io.x402compute.local.alarm.Metrics;
import io.x402compute.local.aws.MessageQueues;
import io.x402compute.local.function.FunctionRuntime;
import io.x402compute.local.template.EventSource;
import io.x402compute.local.template.Queue;

class QueuePollersTest {
    private static final String INBOX = "arn:aws:sqs:us-east-1:000000000000:Inbox";
    private static final String UNREAD = "arn:aws:sqs:us-east-1:000000000000:Unread";
    private static final Duration HIDDEN = Duration.ofMinutes(2);
    private static final int RECEIVES = 2;
    private static final byte[] ALL_WELL = "{\"batchItemFailures\":[]}".getBytes(StandardCharsets.UTF_8);

    private final HandClock clock = new HandClock(Instant.parse("2026-03-12T19:03:30Z"));
    private final MessageQueues queues = new MessageQueues(List.of(
            new Queue("Inbox", INBOX, HIDDEN, Duration.ZERO, Duration.ofDays(1),
                    Optional.of(new Queue.Redrive(UNREAD, RECEIVES))),
            new Queue("Unread", UNREAD, HIDDEN, Duration.ZERO, Duration.ofDays(14), Optional.empty())), clock);
    private final List<JsonNode> called = new CopyOnWriteArrayList<>();
    private final List<String> forbidden = new ArrayList<>();
    private final List<QueuePollers> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(QueuePollers::close);
    }

    @Test
    void aMessageIsDeliveredAsLambdaDoesAndDeleted() {
        queues.send(INBOX, "hello");

        reporting(event -> returned(ALL_WELL)).deliver();

        JsonNode message = called.getFirst().at("/Records/0");
        assertThat(message.path("body").asText()).isEqualTo("hello");
        assertThat(message.path("md5OfBody").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(message.path("eventSource").asText()).isEqualTo("aws:sqs");
        assertThat(message.path("eventSourceARN").asText()).isEqualTo(INBOX);
        assertThat(message.at("/attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
        assertThat(message.at("/attributes/SentTimestamp").asText()).isEqualTo("1773342210000");
        assertThat(queues.size(INBOX)).isZero();
    }

    @Test
    void onlyWhatFailedComesAgainAndNotBeforeItsTime() {
        List.of("good", "bad").forEach(body -> queues.send(INBOX, body));
        QueuePollers pollers = reporting(event -> failing(event, Set.of("bad")));
        pollers.deliver();
        clock.advance(HIDDEN.minusSeconds(1));
        pollers.deliver();
        assertThat(bodies()).containsExactly("bad good");

        clock.advance(Duration.ofSeconds(1));
        pollers.deliver();

        assertThat(bodies()).containsExactly("bad good", "bad");
        assertThat(called.getLast().at("/Records/0/attributes/ApproximateReceiveCount").asText()).isEqualTo("2");
        assertThat(called.getLast().at("/Records/0/attributes/ApproximateFirstReceiveTimestamp").asText())
                .isEqualTo("1773342210000");
    }

    @Test
    void whatFailsTooOftenIsPutAsideAndCounted() {
        Metrics metrics = new Metrics();
        QueueMetrics measured = new QueueMetrics(queues, metrics);
        queues.send(INBOX, "bad");
        QueuePollers pollers = reporting(event -> failing(event, Set.of("bad")));
        for (int receive = 0; receive <= RECEIVES; receive++) {
            pollers.deliver();
            clock.advance(HIDDEN);
        }
        measured.measure(clock.instant());

        assertThat(called).hasSize(RECEIVES);
        assertThat(queues.size(INBOX)).isZero();
        assertThat(queues.receive(UNREAD, 10)).singleElement()
                .satisfies(message -> assertThat(message.body()).isEqualTo("bad"));
        assertThat(metrics.names())
                .contains(
                        Metrics.named("AWS/SQS", "ApproximateNumberOfMessagesVisible", Map.of("QueueName", "Unread")));
    }

    @Test
    void anAnswerThatMakesNoSenseFailsThemAll() {
        for (String answer : List.of("{\"batchItemFailures\":[{\"itemIdentifier\":\"another\"}]}",
                "{\"batchItemFailures\":[{}]}", "no JSON")) {
            queues.send(INBOX, "a message");
            reporting(event -> returned(answer.getBytes(StandardCharsets.UTF_8))).deliver();
        }

        assertThat(queues.size(INBOX)).isEqualTo(3);
    }

    @Test
    void aFunctionThatFailsOrTakesTooLongHasFailedAtAllOfThem() {
        queues.send(INBOX, "one");
        reporting(event -> new FunctionRuntime.Outcome.Failed("java.lang.Error", "no")).deliver();
        queues.send(INBOX, "two");
        reporting(event -> new FunctionRuntime.Outcome.TimedOut(HIDDEN)).deliver();

        assertThat(queues.size(INBOX)).isEqualTo(2);
    }

    @Test
    void whereFailuresAreNotReportedEveryAnswerIsGood() {
        queues.send(INBOX, "bad");

        pollers(new EventSource(INBOX, "Read", 10, 2, false), event -> failing(event, Set.of("bad"))).deliver();

        assertThat(queues.size(INBOX)).isZero();
    }

    @Test
    void noMoreCallsAreMadeAtOnceThanTheTemplateSays() {
        int concurrency = 2;
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(concurrency);
        for (int message = 0; message < 6; message++) {
            queues.send(INBOX, "message " + message);
        }

        pollers(new EventSource(INBOX, "Read", 1, concurrency, true), event -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            both.countDown();
            await(both);
            now.decrementAndGet();
            return returned(ALL_WELL);
        }).deliver();

        assertThat(called).hasSize(6);
        assertThat(most.get()).isEqualTo(concurrency);
    }

    @Test
    void withoutLeaveToReceiveNothingIsDeliveredAndWithoutLeaveToDeleteItComesAgain() {
        QueuePollers pollers = reporting(event -> returned(ALL_WELL));
        queues.send(INBOX, "hello");
        for (String action : List.of("sqs:ReceiveMessage", "sqs:GetQueueAttributes")) {
            forbidden.add(action);
            pollers.deliver();
            assertThat(called).isEmpty();
            forbidden.clear();
        }

        forbidden.add("sqs:DeleteMessage");
        pollers.deliver();
        clock.advance(HIDDEN);
        pollers.deliver();

        assertThat(called).hasSize(2);
    }

    private QueuePollers reporting(Function<JsonNode, FunctionRuntime.Outcome> function) {
        return pollers(new EventSource(INBOX, "Read", 10, 2, true), function);
    }

    private QueuePollers pollers(EventSource source, Function<JsonNode, FunctionRuntime.Outcome> function) {
        FunctionRuntime runtime = new FunctionRuntime() {
            @Override
            public Outcome invoke(String functionId, byte[] event) {
                JsonNode read = Json.readOwn(new String(event, StandardCharsets.UTF_8));
                called.add(read);
                return function.apply(read);
            }

            @Override
            public void close() {}
        };
        QueuePollers pollers = new QueuePollers(List.of(source), queues,
                (function1, action, resource) -> forbidden.contains(action) ? Optional.of("no") : Optional.empty(),
                runtime);
        started.add(pollers);
        return pollers;
    }

    private List<String> bodies() {
        return called.stream().map(event -> String.join(" ", event.path("Records").valueStream()
                .map(message -> message.path("body").asText()).sorted(Comparator.naturalOrder()).toList())).toList();
    }

    private static FunctionRuntime.Outcome failing(JsonNode event, Set<String> bodies) {
        var answer = Json.object();
        var failures = answer.putArray("batchItemFailures");
        event.path("Records").valueStream().filter(message -> bodies.contains(message.path("body").asText()))
                .forEach(message -> failures.addObject().set("itemIdentifier", message.path("messageId")));
        return returned(Json.write(answer).getBytes(StandardCharsets.UTF_8));
    }

    private static FunctionRuntime.Outcome returned(byte[] answer) {
        return new FunctionRuntime.Outcome.Returned(answer);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
