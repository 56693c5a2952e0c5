package io.x402compute.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;

import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** DynamoDB Local in this JVM; it keeps a database per access key. What it cannot do is done by {@link InProcessServices}. */
final class DynamoDbServer implements AwsServer {
    private final DynamoDBProxyServer proxy;
    private final URI endpoint;

    DynamoDbServer() {
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
    public URI dynamo() {
        return endpoint;
    }

    @Override
    public AwsServices services(Map<String, String> environment) {
        return new InProcessServices(endpoint);
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
