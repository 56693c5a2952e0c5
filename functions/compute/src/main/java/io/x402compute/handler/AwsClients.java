package io.x402compute.handler;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Clients of the AWS services. With {@code AWS_ENDPOINT_URL} in the environment they call that address with the credentials
 * of the environment, otherwise AWS with the default chain: credentials from variables would not survive a restore.
 */
final class AwsClients {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration READ = Duration.ofSeconds(3);
    /** With the SDK's own repetitions; what the caller has left of his 30 seconds is worth more than another try. */
    private static final Duration CALL = Duration.ofSeconds(8);

    private final Map<String, String> environment;
    private final SdkHttpClient http;

    private AwsClients(Map<String, String> environment, SdkHttpClient http) {
        this.environment = environment;
        this.http = http;
    }

    static AwsClients of(Map<String, String> environment) {
        return new AwsClients(environment,
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(READ).build());
    }

    /** Clients that find nothing anywhere and never leave the process. */
    static AwsClients rehearsing() {
        return new AwsClients(Map.of("AWS_ENDPOINT_URL", "http://rehearsal.invalid", "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "rehearsal", "AWS_SECRET_ACCESS_KEY", "rehearsal"), new EmptyAnswers());
    }

    DynamoDbClient dynamo() {
        return configured(DynamoDbClient.builder()).build();
    }

    EventBridgeClient eventBridge() {
        return configured(EventBridgeClient.builder()).build();
    }

    SqsClient sqs() {
        return configured(SqsClient.builder()).build();
    }

    SecretsManagerClient secretsManager() {
        return configured(SecretsManagerClient.builder()).build();
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(B builder) {
        builder.httpClient(http).overrideConfiguration(
                ClientOverrideConfiguration.builder().apiCallAttemptTimeout(CONNECT.plus(READ)).apiCallTimeout(CALL)
                        .build());
        String region = environment.get("AWS_REGION");
        if (region != null) {
            builder.region(Region.of(region));
        }
        String endpoint = environment.get("AWS_ENDPOINT_URL");
        if (endpoint != null) {
            builder.endpointOverride(URI.create(endpoint)).credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(environment.get("AWS_ACCESS_KEY_ID"),
                            environment.get("AWS_SECRET_ACCESS_KEY"))));
        }
        return builder;
    }
}
