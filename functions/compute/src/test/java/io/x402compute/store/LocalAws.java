package io.x402compute.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** One address for everything a function calls at AWS: secrets, the queue, the event bus, and the tables of {@link LocalDynamo}. */
public final class LocalAws implements BeforeEachCallback, AfterEachCallback {
    private final LocalDynamo dynamo = new LocalDynamo();
    private AwsServices services;

    public Table table(String name) {
        return dynamo.table(name);
    }

    /** Every item of every table. */
    public Map<String, Set<Item>> contents() {
        return dynamo.contents();
    }

    /** Makes the secret, or gives it another value. */
    public void secret(String id, String value) {
        services.secret(id, value);
    }

    /** A client of the event bus, closed by whoever asks for it. */
    public EventBridgeClient eventBridge() {
        return Clients.of(EventBridgeClient.builder(), environment());
    }

    /** A client of the queue, closed by whoever asks for it. */
    public SqsClient sqs() {
        return Clients.of(SqsClient.builder(), environment());
    }

    /** What was put on the bus, in whatever order it arrives: at least that many, unless they do not come. */
    public List<ArrivedEvent> awaitEvents(int count) {
        return services.awaitEvents(count);
    }

    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(dynamo.environment());
        environment.put("AWS_ENDPOINT_URL", services.endpoint().toString());
        environment.put("JOB_QUEUE", services.jobQueue());
        environment.put("EVENT_BUS", AwsServices.BUS);
        environment.put("PROVIDER_SECRET", "provider");
        environment.put("SETTLEMENT_SECRET", "settlement");
        environment.put("PEPPER_SECRET", "pepper");
        environment.put("PASSWORD_SECRET", "password");
        return environment;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        dynamo.beforeEach(context);
        services = dynamo.services();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        // Nothing was started for a test that is skipped.
        if (services != null) {
            services.close();
        }
    }
}
