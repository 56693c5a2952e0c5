package io.x402compute.store;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import io.x402compute.http.Json;

/** The services of one account of LocalStack. A rule sends all that is put on the bus to a queue, where tests read it. */
final class LocalStackServices implements AwsServices {
    private static final String RULE = "everything";
    /** Without anything arriving in that time, nothing more will. */
    private static final int LONGEST_WAIT_SECONDS = 5;
    private static final int BATCH = 10;

    private final URI endpoint;
    private final SecretsManagerClient secrets;
    private final EventBridgeClient events;
    private final SqsClient queues;
    private final String queue;
    private final String jobs;

    LocalStackServices(Map<String, String> environment) {
        endpoint = URI.create(environment.get("AWS_ENDPOINT_URL"));
        secrets = Clients.of(SecretsManagerClient.builder(), environment);
        events = Clients.of(EventBridgeClient.builder(), environment);
        queues = Clients.of(SqsClient.builder(), environment);
        queue = queues.createQueue(create -> create.queueName(RULE)).queueUrl();
        jobs = queues.createQueue(create -> create.queueName("jobs")).queueUrl();
        queues.purgeQueue(purge -> purge.queueUrl(jobs));
        String queueArn = queues
                .getQueueAttributes(ask -> ask.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes().get(QueueAttributeName.QUEUE_ARN);
        events.createEventBus(create -> create.name(BUS));
        events.putRule(put -> put.eventBusName(BUS).name(RULE).eventPattern("{\"source\":[{\"exists\":true}]}"));
        Target target = Target.builder().id(RULE).arn(queueArn).build();
        events.putTargets(put -> put.eventBusName(BUS).rule(RULE).targets(target));
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void secret(String id, String value) {
        try {
            secrets.createSecret(create -> create.name(id).secretString(value));
        } catch (ResourceExistsException e) {
            secrets.putSecretValue(put -> put.secretId(id).secretString(value));
        }
    }

    @Override
    public String jobQueue() {
        return jobs;
    }

    @Override
    public List<ArrivedEvent> awaitEvents(int count) {
        List<ArrivedEvent> arrived = new ArrayList<>();
        List<Message> batch = receive();
        while (!batch.isEmpty()) {
            batch.forEach(message -> {
                arrived.add(event(Json.readOwn(message.body())));
                queues.deleteMessage(done -> done.queueUrl(queue).receiptHandle(message.receiptHandle()));
            });
            batch = arrived.size() < count ? receive() : List.of();
        }
        return arrived;
    }

    @Override
    public void close() {
        queues.close();
        events.close();
        secrets.close();
    }

    private List<Message> receive() {
        return queues.receiveMessage(
                ask -> ask.queueUrl(queue).maxNumberOfMessages(BATCH).waitTimeSeconds(LONGEST_WAIT_SECONDS))
                .messages();
    }

    private static ArrivedEvent event(JsonNode envelope) {
        return new ArrivedEvent(envelope.path("source").textValue(), envelope.path("detail-type").textValue(),
                Instant.parse(envelope.path("time").textValue()), envelope.path("detail"));
    }
}
