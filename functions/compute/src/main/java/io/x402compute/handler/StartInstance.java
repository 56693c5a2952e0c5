package io.x402compute.handler;

import java.util.Map;

import io.x402compute.instance.OperationKind;

/** {@code POST /compute/instances/{id}/start}: switches one of the caller's machines on. */
public final class StartInstance extends PowerEndpoint {

    public StartInstance() {
        this(System.getenv());
    }

    public StartInstance(Map<String, String> environment) {
        this(new Application(environment));
    }

    StartInstance(Application application) {
        super(application, OperationKind.START);
    }

    @Override
    protected void prime() {
        rehearse(new StartInstance(application().rehearsal()), "GET", RehearsedRequests.LIST, RehearsedRequests.SIGNED,
                "");
    }
}
