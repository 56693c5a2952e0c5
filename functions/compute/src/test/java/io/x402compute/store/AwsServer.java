package io.x402compute.store;

import java.net.URI;
import java.util.Map;

/**
 * What stands in for AWS while tests run, one for the whole JVM: DynamoDB Local and a few lines of ours, or LocalStack. The
 * tests do not know which; each access key is an account of its own.
 */
interface AwsServer extends AutoCloseable {

    /** As the system property {@code aws.emulator} says. */
    static AwsServer start() {
        return LocalStack.isWanted() ? LocalStack.start() : new DynamoDbServer();
    }

    /** Where DynamoDB answers. */
    URI dynamo();

    /**
     * Everything that a function calls, for one test.
     *
     * @param environment address and credentials of its DynamoDB
     */
    AwsServices services(Map<String, String> environment);

    @Override
    void close();
}
