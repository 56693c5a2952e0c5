package io.x402compute.handler;

import java.util.Map;

import io.x402compute.instance.OperationKind;

/** {@code POST /compute/instances/{id}/stop}: switches one of the caller's machines off, hard; its prepaid time goes on. */
public final class StopInstance extends PowerEndpoint {

    public StopInstance() {
        this(System.getenv());
    }

    public StopInstance(Map<String, String> environment) {
        this(new Application(environment));
    }

    StopInstance(Application application) {
        super(application, OperationKind.STOP);
    }

    @Override
    protected void prime() {
        rehearse(new StopInstance(application().rehearsal()), "GET", RehearsedRequests.LIST, RehearsedRequests.SIGNED,
                "");
    }
}
