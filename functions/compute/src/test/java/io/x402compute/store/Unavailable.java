package io.x402compute.store;

import java.net.URI;
import java.util.Map;

import org.opentest4j.TestAbortedException;

/** Skips every test that asks for AWS. */
final class Unavailable implements AwsServer {
    private final String reason;

    /** Says why on the console, once: the reason of a skipped test is in no summary. */
    Unavailable(String reason) {
        this.reason = reason;
        System.out.println(reason);
    }

    @Override
    public URI dynamo() {
        throw new TestAbortedException(reason);
    }

    @Override
    public AwsServices services(Map<String, String> environment) {
        throw new TestAbortedException(reason);
    }

    @Override
    public void close() {}
}
