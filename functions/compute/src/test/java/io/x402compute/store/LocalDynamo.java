package io.x402compute.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/** The product's tables, empty before each test, in DynamoDB Local or in LocalStack. One server serves every test of the JVM. */
public final class LocalDynamo implements BeforeEachCallback {
    private AwsServer server;
    private Database database;

    public DynamoDbClient client() {
        return database.client();
    }

    public Table table(String name) {
        return new Table(client(), name);
    }

    /** Every item of every table. */
    public Map<String, Set<Item>> contents() {
        return Tables.all().stream().collect(Collectors.toMap(CreateTableRequest::tableName,
                table -> database.items(table).collect(Collectors.toSet())));
    }

    /** What a function's environment says so that it uses this database. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(database.environment());
        environment.put("INSTANCES_TABLE", "instances");
        environment.put("PAYMENTS_TABLE", "payments");
        environment.put("CREDITS_TABLE", "credits");
        environment.put("NONCES_TABLE", "nonces");
        environment.put("API_KEYS_TABLE", "api-keys");
        environment.put("CATALOG_TABLE", "catalog");
        environment.put("JOBS_TABLE", "jobs");
        return environment;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Store store = context.getRoot().getStore(Namespace.create(LocalDynamo.class));
        server = store.getOrComputeIfAbsent(AwsServer.class, absent -> AwsServer.start(), AwsServer.class);
        database = store.getOrComputeIfAbsent(Database.class, absent -> new Database(server), Database.class);
        database.empty();
    }

    AwsServices services() {
        return server.services(environment());
    }
}
