package io.x402compute.local.aws;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in this process and in memory. Its own runner would listen on every network interface and needs a port
 * in advance, so its handler is mounted on a server of ours.
 */
public final class DynamoDbLocal implements AutoCloseable {
    private final LocalDynamoDBServerHandler handler;
    private final Server server;
    private final URI uri;

    private DynamoDbLocal(LocalDynamoDBServerHandler handler, Server server, URI uri) {
        this.handler = handler;
        this.server = server;
        this.uri = uri;
    }

    public static DynamoDbLocal start() {
        try {
            var requests = new LocalDynamoDBRequestHandler(0, true, null, true, false);
            var handler = new LocalDynamoDBServerHandler(requests, null);
            Server server = new Server(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            server.setHandler(new ContextHandler(handler, "/"));
            server.start();
            int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
            return new DynamoDbLocal(handler, server, URI.create("http://127.0.0.1:" + port));
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local does not start", e);
        }
    }

    URI uri() {
        return uri;
    }

    /** A client that no policy restricts, for creating tables and for looking into them. The caller closes it. */
    public DynamoDbClient client() {
        return DynamoDbClient.builder()
                .endpointOverride(uri)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider
                                .create(AwsBasicCredentials.create("local", Callers.SECRET_ACCESS_KEY)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Override
    public void close() {
        try {
            server.stop();
            handler.close();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local does not stop", e);
        }
    }
}
