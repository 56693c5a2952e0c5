package io.x402compute.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * DynamoDB Local with the product's tables, empty before each test. One server serves every test of the JVM: it keeps a
 * database per access key, so each test simply comes with another key.
 */
public final class LocalDynamo implements BeforeEachCallback, AfterEachCallback {
    private static final AtomicInteger KEYS = new AtomicInteger();

    private String accessKey;
    private URI endpoint;
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
        environment.put("AWS_ENDPOINT_URL", endpoint.toString());
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
        endpoint = context.getRoot().getStore(ExtensionContext.Namespace.create(LocalDynamo.class))
                .getOrComputeIfAbsent(Server.class, absent -> new Server(), Server.class).endpoint;
        accessKey = "test" + KEYS.incrementAndGet();
        client = DynamoDbClient.builder().endpointOverride(endpoint).region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "local")))
                .build();
        Tables.all().forEach(client::createTable);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        client.close();
    }

    /** The server, stopped when the last test of the JVM has run. */
    private static final class Server implements AutoCloseable {
        private final DynamoDBProxyServer proxy;
        private final URI endpoint;

        Server() {
            try {
                int port = freePort();
                endpoint = URI.create("http://127.0.0.1:" + port);
                proxy = ServerRunner.createServerFromCommandLineArgs(
                        new String[]{"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
                proxy.start();
            } catch (Exception e) {
                throw new IllegalStateException("DynamoDB Local does not start", e);
            }
        }

        @Override
        public void close() {
            try {
                proxy.stop();
            } catch (Exception e) {
                throw new IllegalStateException("DynamoDB Local does not stop", e);
            }
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }
}
