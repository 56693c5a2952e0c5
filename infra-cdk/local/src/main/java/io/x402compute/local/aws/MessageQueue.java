package io.x402compute.local.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.x402compute.local.template.Queue;

/**
 * One queue and the messages in it. They are hidden, come back, move to the dead-letter queue and are gone by the local clock. Where SQS may deliver in
 * any order, this delivers what has been visible longest.
 */
final class MessageQueue {
    /** A message that was received that often does not count for the age of the oldest. */
    private static final int OVERDUE_RECEIVES = 3;

    private final Queue queue;
    private final Clock clock;
    private final List<Message> messages = new ArrayList<>();

    private static final class Message {
        private final String id = UUID.randomUUID().toString();
        private final String body;
        private final String sender;
        private final Instant sentAt;
        private Instant visibleAt;
        private Instant firstReceivedAt;
        private String receipt = "";
        private int receives;

        private Message(String body, String sender, Instant sentAt, Instant visibleAt) {
            this.body = body;
            this.sender = sender;
            this.sentAt = sentAt;
            this.visibleAt = visibleAt;
        }
    }

    MessageQueue(Queue queue, Clock clock) {
        this.queue = queue;
        this.clock = clock;
    }

    Queue queue() {
        return queue;
    }

    /** Returns the id of the message. */
    synchronized String send(String body, String sender, Optional<Duration> delay) {
        Instant now = clock.instant();
        Message message = new Message(body, sender, now, now.plus(delay.orElse(queue.delay())));
        messages.add(message);
        return message.id;
    }

    /**
     * Takes visible messages out, those that were taken out too often into the queue for them.
     *
     * @param deadLetters where the queue's redrive policy leads
     */
    synchronized List<ReceivedMessage> receive(int most, Optional<MessageQueue> deadLetters) {
        Instant now = forgetOld();
        List<Message> visible = messages.stream().filter(message -> !message.visibleAt.isAfter(now))
                .sorted(Comparator.comparing(message -> message.visibleAt)).toList();
        List<ReceivedMessage> received = new ArrayList<>();
        for (Message message : visible) {
            if (received.size() == most) {
                break;
            }
            if (deadLetters.isPresent() && message.receives >= queue.redrive().orElseThrow().maxReceiveCount()) {
                messages.remove(message);
                deadLetters.get().take(message, now);
            } else {
                received.add(receive(message, now));
            }
        }
        return received;
    }

    /** Nothing happens if it is gone. */
    synchronized void delete(String receipt) {
        messages.removeIf(message -> message.receipt.equals(receipt));
    }

    /** Has a message that was received seen again after that time; false if there is none. */
    synchronized boolean changeVisibility(String receipt, Duration timeout) {
        Instant now = forgetOld();
        Optional<Message> hidden = messages.stream()
                .filter(message -> message.receipt.equals(receipt) && message.visibleAt.isAfter(now)).findFirst();
        hidden.ifPresent(message -> message.visibleAt = now.plus(timeout));
        return hidden.isPresent();
    }

    synchronized void purge() {
        messages.clear();
    }

    synchronized int visible() {
        Instant now = forgetOld();
        return (int) messages.stream().filter(message -> !message.visibleAt.isAfter(now)).count();
    }

    /** Visible or not. */
    synchronized int size() {
        forgetOld();
        return messages.size();
    }

    synchronized Duration oldestAge() {
        Instant now = forgetOld();
        return messages.stream().filter(message -> message.receives < OVERDUE_RECEIVES)
                .map(message -> Duration.between(message.sentAt, now)).max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private synchronized void take(Message message, Instant now) {
        message.visibleAt = now;
        message.receipt = "";
        messages.add(message);
    }

    private ReceivedMessage receive(Message message, Instant now) {
        message.receives++;
        message.receipt = UUID.randomUUID().toString();
        message.visibleAt = now.plus(queue.visibilityTimeout());
        if (message.firstReceivedAt == null) {
            message.firstReceivedAt = now;
        }
        return new ReceivedMessage(message.id, message.receipt, message.body, message.sender, message.sentAt,
                message.firstReceivedAt, message.receives);
    }

    private Instant forgetOld() {
        Instant now = clock.instant();
        messages.removeIf(message -> !message.sentAt.plus(queue.retention()).isAfter(now));
        return now;
    }
}
