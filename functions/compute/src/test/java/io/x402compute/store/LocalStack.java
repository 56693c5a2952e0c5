package io.x402compute.store;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack in a container, or where {@code -Dlocalstack.url} says that one runs already. */
final class LocalStack implements AwsServer {
    /** The last one that starts without an account at its maker's. */
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    private final URI endpoint;
    private final Runnable stop;

    private LocalStack(URI endpoint, Runnable stop) {
        this.endpoint = endpoint;
        this.stop = stop;
    }

    static boolean isWanted() {
        return System.getProperty("aws.emulator", "").equals("localstack");
    }

    /** Where it cannot be had, something that skips every test, and says why where people see it. */
    static AwsServer start() {
        String running = System.getProperty("localstack.url", "");
        if (!running.isEmpty()) {
            return new LocalStack(URI.create(running), () -> {});
        }
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            return new Unavailable("Not run against LocalStack: " + obstacle.get());
        }
        // Loaded before it says that it is ready: the timeouts of the functions' own clients are short.
        @SuppressWarnings("resource")
        LocalStackContainer container = new LocalStackContainer(IMAGE)
                .withServices("dynamodb", "events", "secretsmanager", "sqs")
                .withEnv("EAGER_SERVICE_LOADING", "1");
        container.start();
        return new LocalStack(container.getEndpoint(), container::stop);
    }

    @Override
    public URI dynamo() {
        return endpoint;
    }

    @Override
    public AwsServices services(Map<String, String> environment) {
        return new LocalStackServices(environment);
    }

    @Override
    public void close() {
        stop.run();
    }

    private static Optional<String> obstacle() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("no Docker here");
        }
        try {
            new RemoteDockerImage(IMAGE).get();
            return Optional.empty();
        } catch (ContainerFetchException e) {
            return Optional.of("its image cannot be pulled, " + e.getMessage());
        }
    }
}
