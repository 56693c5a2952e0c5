package io.x402compute.store;

import java.net.URI;
import java.util.List;

/** The AWS services of one test under one address: secrets, a queue, the event bus {@value #BUS}, and DynamoDB. */
interface AwsServices extends AutoCloseable {
    String BUS = "x402compute";

    URI endpoint();

    /** Makes the secret, or gives it another value. */
    void secret(String id, String value);

    /** The address of the queue of jobs. */
    String jobQueue();

    /** What was put on the bus, in whatever order it arrives: at least that many, unless they do not come. */
    List<ArrivedEvent> awaitEvents(int count);

    @Override
    void close();
}
