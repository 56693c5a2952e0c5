package io.x402compute.handler;

import java.util.Map;

import io.x402compute.access.Authenticator;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.InstanceTerminator;

/** {@code DELETE /compute/instances/{id}}: ends one of the caller's machines, now or as soon as the provider lets it go. */
public final class DestroyInstance extends Endpoint {
    private final Authenticator authenticator;
    private final OwnedInstances owned;
    private final InstanceTerminator terminator;

    public DestroyInstance() {
        this(System.getenv());
    }

    public DestroyInstance(Map<String, String> environment) {
        this(new Application(environment));
    }

    DestroyInstance(Application application) {
        super(application);
        authenticator = application.authenticator();
        owned = application.ownedInstances();
        terminator = application.instanceTerminator();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        Instance instance = owned.find(request.pathParameter("id"), authenticator.require(request));
        return OwnedInstances.render(terminator.end(instance, InstanceState.DESTROYED, "owner_request"));
    }
}
