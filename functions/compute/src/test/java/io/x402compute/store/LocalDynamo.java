package io.x402compute.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/**
 * The product's tables, empty before each test, in DynamoDB Local or in LocalStack. One server serves every test of the JVM:
 * it keeps a database per access key, so each test simply comes with another key.
 */
public final class LocalDynamo implements BeforeEachCallback, AfterEachCallback {
    private static final long ACCOUNTS = 1_000_000_000_000L;

    private String accessKey;
    private AwsServer server;
    private DynamoDbClient client;

    public DynamoDbClient client() {
        return client;
    }

    public Table table(String name) {
        return new Table(client, name);
    }

    /** Every item of every table. */
    public Map<String, Set<Item>> contents() {
        return Tables.all().stream().collect(Collectors.toMap(CreateTableRequest::tableName,
                table -> client.scanPaginator(scan -> scan.tableName(table.tableName())).items().stream()
                        .map(Item::of).collect(Collectors.toSet())));
    }

    /** What a function's environment says so that it uses this database. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AWS_ENDPOINT_URL", server.dynamo().toString());
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", accessKey);
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put("INSTANCES_TABLE", "instances");
        environment.put("PAYMENTS_TABLE", "payments");
        environment.put("CREDITS_TABLE", "credits");
        environment.put("NONCES_TABLE", "nonces");
        environment.put("API_KEYS_TABLE", "api-keys");
        environment.put("CATALOG_TABLE", "catalog");
        return environment;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server = context.getRoot().getStore(ExtensionContext.Namespace.create(LocalDynamo.class))
                .getOrComputeIfAbsent(AwsServer.class, absent -> AwsServer.start(), AwsServer.class);
        // LocalStack takes twelve digits for an account; one that runs longer than we do has seen other tests.
        accessKey = "%012d".formatted(RandomGenerator.getDefault().nextLong(ACCOUNTS));
        client = Clients.of(DynamoDbClient.builder(), environment());
        Tables.all().forEach(client::createTable);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        // There is none when the test is skipped.
        if (client != null) {
            client.close();
        }
    }

    AwsServices services() {
        return server.services(environment());
    }
}
