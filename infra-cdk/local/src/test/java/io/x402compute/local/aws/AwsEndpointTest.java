package io.x402compute.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

import io.x402compute.local.Fixture;
import io.x402compute.local.outside.OutsideCalls;
import io.x402compute.local.sample.Clients;

@TestInstance(Lifecycle.PER_CLASS)
class AwsEndpointTest {
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/NotesTable";

    private static final String INBOX = "arn:aws:sqs:us-east-1:000000000000:Inbox";
    private static final String INBOX_URL = "https://sqs.us-east-1.amazonaws.com/000000000000/Inbox";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final Callers callers = new Callers();
    private final DynamoDbLocal dynamoDb = DynamoDbLocal.start();
    private final EventBuses events = new EventBuses(Set.of("notes"), Clock.systemUTC());
    private final MessageQueues queues = new MessageQueues(Fixture.template(Map.of("PublicUrl", "")).queues(),
            Clock.systemUTC());
    private final Secrets secrets = new Secrets();
    private final AwsEndpoint aws = new AwsEndpoint(callers, this::refusal, dynamoDb, events, queues, secrets,
            new CapacityMeter(List.of()), new OutsideCalls());
    private final Map<String, String> environment = environment(callers.accessKeyId("KeepNote"));
    private final DynamoDbClient tables = Clients.local(DynamoDbClient.builder(), environment);

    @BeforeAll
    void createTables() {
        try (DynamoDbClient client = dynamoDb.client()) {
            TableCreator.create(client, Fixture.template(Map.of("PublicUrl", "")).tables());
        }
        secrets.put("stamp", "sealed");
    }

    @BeforeEach
    void forgetWhatWasAsked() {
        asked.clear();
        refused.clear();
    }

    @AfterAll
    void stop() {
        tables.close();
        aws.close();
        dynamoDb.close();
    }

    @Test
    void dynamoDbCallsArePassedOn() {
        Map<String, AttributeValue> note = Map.of("id", text("n1"), "author", text("ann"), "written_at", number(7));
        tables.putItem(put -> put.tableName("NotesTable").item(note));

        assertThat(
                tables.query(
                        query -> query.tableName("NotesTable")
                                .indexName("author")
                                .keyConditionExpression("author = :a AND written_at > :t")
                                .expressionAttributeValues(Map.of(":a", text("ann"), ":t", number(6))))
                        .items())
                .containsExactly(note);
        assertThat(
                tables.describeTimeToLive(ask -> ask.tableName("NotesTable")).timeToLiveDescription().attributeName())
                .isEqualTo("expires_at");
    }

    @Test
    void dynamoDbErrorsArePassedOn() {
        put("n2");

        assertThat(
                errorCode(
                        () -> tables.putItem(
                                put -> put.tableName("NotesTable")
                                        .item(Map.of("id", text("n2")))
                                        .conditionExpression("attribute_not_exists(id)"))))
                .isEqualTo("ConditionalCheckFailedException");
    }

    @Test
    void thePolicyIsAskedAboutTheCallingFunctionEveryActionAndEveryResource() {
        tables.query(
                query -> query.tableName("NotesTable")
                        .indexName("author")
                        .keyConditionExpression("author = :a")
                        .expressionAttributeValues(Map.of(":a", text("bob"))));
        TransactWriteItem put = TransactWriteItem.builder()
                .put(write -> write.tableName("NotesTable").item(Map.of("id", text("t1"))))
                .build();
        TransactWriteItem check = TransactWriteItem.builder()
                .conditionCheck(
                        read -> read.tableName("NotesTable")
                                .key(Map.of("id", text("t2")))
                                .conditionExpression("attribute_not_exists(id)"))
                .build();
        tables.transactWriteItems(write -> write.transactItems(put, check));

        assertThat(asked).containsExactly(
                "KeepNote dynamodb:Query " + TABLE + "/index/author", "KeepNote dynamodb:PutItem " + TABLE,
                "KeepNote dynamodb:ConditionCheckItem " + TABLE);
    }

    @Test
    void whatThePolicyRefusesIsNotDone() {
        refused.add("dynamodb:PutItem");

        assertThatThrownBy(() -> put("n3")).hasMessageContaining("KeepNote may not dynamodb:PutItem");
        assertThat(errorCode(() -> put("n3"))).isEqualTo("AccessDeniedException");
        assertThat(tables.getItem(get -> get.tableName("NotesTable").key(Map.of("id", text("n3")))).hasItem())
                .isFalse();
    }

    @Test
    void refusalsLookAsEachServiceWritesThem() throws Exception {
        refused.addAll(List.of("dynamodb:GetItem", "events:PutEvents", "secretsmanager:GetSecretValue"));

        assertThat(rawAnswer("DynamoDB_20120810.GetItem", "{\"TableName\": \"NotesTable\"}")).isEqualTo(
                "400 {\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":\"KeepNote may not dynamodb:GetItem\"}");
        assertThat(rawAnswer("AWSEvents.PutEvents", "{\"Entries\": [{\"EventBusName\": \"notes\"}]}")).isEqualTo(
                "400 {\"__type\":\"AccessDeniedException\",\"Message\":\"KeepNote may not events:PutEvents\"}");
        assertThat(rawAnswer("secretsmanager.GetSecretValue", "{\"SecretId\": \"stamp\"}")).isEqualTo(
                "400 {\"__type\":\"AccessDeniedException\",\"Message\":\"KeepNote may not secretsmanager:GetSecretValue\"}");
    }

    @Test
    void anUnknownAccessKeyIsNobody() {
        try (DynamoDbClient stranger = Clients.local(DynamoDbClient.builder(), environment("someoneElse"))) {
            assertThat(errorCode(stranger::listTables)).isEqualTo("UnrecognizedClientException");
        }
    }

    @Test
    void eventsAreKeptAndTold() {
        List<PublishedEvent> told = new ArrayList<>();
        events.listen(told::add);
        Instant time = Instant.parse("2026-03-12T19:03:58Z");

        PutEventsResponse answer = publish(entry("notes", "{\"id\":\"n1\"}").time(time).build());

        assertThat(answer.failedEntryCount()).isZero();
        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo(answer.entries().getFirst().eventId());
            assertThat(event.time()).isEqualTo(time);
            assertThat(event.source()).isEqualTo("test");
            assertThat(event.detailType()).isEqualTo("NoteKept");
            assertThat(event.detail().path("id").asText()).isEqualTo("n1");
        });
        assertThat(events.published()).containsAll(told);
        assertThat(asked)
                .containsExactly("KeepNote events:PutEvents arn:aws:events:us-east-1:000000000000:event-bus/notes");
    }

    @Test
    void eventsThatCannotBeTakenFailOneByOne() {
        PutEventsResponse answer = publish(
                entry("elsewhere", "{}").build(), entry("notes", "not json").build(), entry("notes", "{}").build());

        assertThat(answer.failedEntryCount()).isEqualTo(2);
        assertThat(answer.entries()).extracting(entry -> String.valueOf(entry.errorCode()))
                .containsExactly("ResourceNotFoundException", "MalformedDetail", "null");
    }

    @Test
    void secretsAreServedByName() {
        try (SecretsManagerClient client = Clients.local(SecretsManagerClient.builder(), environment)) {
            assertThat(client.getSecretValue(get -> get.secretId("stamp")).secretString()).isEqualTo("sealed");
            assertThat(errorCode(() -> client.getSecretValue(get -> get.secretId("other"))))
                    .isEqualTo("ResourceNotFoundException");
        }
    }

    @Test
    void messagesAreSentAndHeldBackForAWhile() {
        try (SqsClient client = Clients.local(SqsClient.builder(), environment)) {
            client.sendMessage(send -> send.queueUrl(INBOX_URL).messageBody("later").delaySeconds(900));
            // The SDK checks what the queue says it has got.
            client.sendMessage(send -> send.queueUrl(INBOX_URL).messageBody("now, äöü"));

            ReceivedMessage received = queues.receive(INBOX, 10).getFirst();
            assertThat(received.body()).isEqualTo("now, äöü");
            assertThat(received.sender()).isEqualTo("KeepNote");
            assertThat(queues.receive(INBOX, 10)).as("visible now").isEmpty();
            client.changeMessageVisibility(
                    change -> change.queueUrl(INBOX_URL).receiptHandle(received.receipt()).visibilityTimeout(0));
            assertThat(queues.receive(INBOX, 10)).singleElement()
                    .satisfies(again -> assertThat(again.receiveCount()).isEqualTo(2));
            assertThat(asked).containsExactly("KeepNote sqs:SendMessage " + INBOX,
                    "KeepNote sqs:SendMessage " + INBOX, "KeepNote sqs:ChangeMessageVisibility " + INBOX);
        }
    }

    @Test
    void whatSqsRefusesIsRefused() {
        try (SqsClient client = Clients.local(SqsClient.builder(), environment)) {
            assertThat(errorCode(() -> client.sendMessage(
                    send -> send.queueUrl(INBOX_URL).messageBody("much later").delaySeconds(901))))
                    .isEqualTo("InvalidParameterValue");
            assertThat(errorCode(() -> client.sendMessage(send -> send.queueUrl(INBOX_URL).messageBody(""))))
                    .isEqualTo("MissingParameter");
            assertThat(errorCode(() -> client.sendMessage(
                    send -> send.queueUrl(INBOX_URL + "2").messageBody("nowhere"))))
                    .isEqualTo("QueueDoesNotExist");
            assertThat(errorCode(() -> client.changeMessageVisibility(
                    change -> change.queueUrl(INBOX_URL).receiptHandle("nobody's").visibilityTimeout(0))))
                    .isEqualTo("MessageNotInflight");
        }
    }

    @Test
    void anOperationThatIsNotServedIsRefused() {
        try (EventBridgeClient client = Clients.local(EventBridgeClient.builder(), environment)) {
            assertThat(errorCode(() -> client.listEventBuses(list -> list.limit(1))))
                    .isEqualTo("UnknownOperationException");
        }
    }

    private Optional<String> refusal(String functionId, String action, String resource) {
        asked.add(functionId + " " + action + " " + resource);
        return refused.contains(action) ? Optional.of(functionId + " may not " + action) : Optional.empty();
    }

    /** What the SDK does not show: the answer as it is on the wire. */
    private String rawAnswer(String target, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(aws.uri())
                .header("X-Amz-Target", target)
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=" + environment.get("AWS_ACCESS_KEY_ID") + "/x")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    private void put(String id) {
        tables.putItem(put -> put.tableName("NotesTable").item(Map.of("id", text(id))));
    }

    private PutEventsResponse publish(PutEventsRequestEntry... entries) {
        try (EventBridgeClient client = Clients.local(EventBridgeClient.builder(), environment)) {
            return client.putEvents(put -> put.entries(entries));
        }
    }

    private static PutEventsRequestEntry.Builder entry(String bus, String detail) {
        return PutEventsRequestEntry.builder().eventBusName(bus).source("test").detailType("NoteKept").detail(detail);
    }

    private Map<String, String> environment(String accessKeyId) {
        return Map.of(
                "AWS_ENDPOINT_URL", aws.uri().toString(), "AWS_REGION", "us-east-1", "AWS_ACCESS_KEY_ID", accessKeyId,
                "AWS_SECRET_ACCESS_KEY", Callers.SECRET_ACCESS_KEY);
    }

    private static String errorCode(ThrowingCallable call) {
        return catchThrowableOfType(AwsServiceException.class, call).awsErrorDetails().errorCode();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
