package io.x402compute.handler;

import java.util.Map;

import io.x402compute.instance.OperationKind;

/** {@code POST /compute/instances/{id}/reboot}: restarts one of the caller's machines, hard. */
public final class RebootInstance extends PowerEndpoint {

    public RebootInstance() {
        this(System.getenv());
    }

    public RebootInstance(Map<String, String> environment) {
        this(new Application(environment));
    }

    RebootInstance(Application application) {
        super(application, OperationKind.REBOOT);
    }

    @Override
    protected void prime() {
        rehearse(new RebootInstance(application().rehearsal()), "GET", RehearsedRequests.LIST, RehearsedRequests.SIGNED,
                "");
    }
}
